using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Data.Npy;

namespace SpatialCluster.Silo.Tests.Dashboard;

/// <summary>
/// A run on many spots, with a result written by hand: squares of ten thousand spots in a row on a lattice, each a domain of the truth; the domains
/// found are the same in the opposite order.
/// </summary>
internal static class LargeTissue
{
    /// <summary>A campaign of one run; its slice is not simulated.</summary>
    public const string Document =
        """
        name: large
        datasets:
          - name: drawn
            simulate: { modalities: [{ name: rna, like: rna, features: 60 }, { name: protein, like: protein, features: 20 }], grid: 12, seed: 5 }
        methods: [{ method: spami, parameters: { epochs: 3 } }]
        seeds: 1
        evaluation: { neighbors: 10, umap: all }
        """;

    /// <summary>Commits the results of the campaign's only run.</summary>
    public static async Task WriteAsync(GrainRecords records, ReportRow row, int side)
    {
        int spots = side * side;
        int[] truth = [.. Enumerable.Range(0, spots).Select(s => Domain(s, side))];
        await CommitAsync(row.Slice,
            new JsonObject
            {
                ["name"] = "lattice",
                ["spots"] = spots,
                ["modalities"] = new JsonArray(new JsonObject { ["name"] = "rna", ["measures"] = "rna", ["features"] = 60, ["nonzeros"] = 0 }),
                ["truth"] = new JsonObject { ["name"] = "domain", ["categories"] = new JsonArray("a", "b", "c", "d"), ["labelled"] = spots, ["domains"] = 4 },
                ["notes"] = new JsonArray(),
            },
            ("coordinates.npy", s => NpyWriter.Write<double>(s, spots, 2, [.. Enumerable.Range(0, spots).SelectMany(i => new double[] { i % side, i / side })])),
            ("truth.npy", s => NpyWriter.Write<int>(s, truth)));
        await CommitAsync(row.Run,
            new JsonObject { ["method"] = "spami", ["modalities"] = new JsonArray("rna", "protein"), ["width"] = 2, ["epochs"] = 3, ["terms"] = new JsonArray("rna"), ["final-loss"] = 1, ["notes"] = new JsonArray() },
            ("attention.npy", s => NpyWriter.Write<float>(s, spots, 2, [.. Enumerable.Range(0, spots).SelectMany(i => new[] { (float)(i % side) / side, 1 - ((float)(i % side) / side) })])),
            ("losses.npy", s => NpyWriter.Write<double>(s, 3, 2, [3, 3, 2, 2, 1, 1])));
        await CommitAsync(row.Evaluation,
            new JsonObject
            {
                ["clusterer"] = "leiden",
                ["domains"] = new JsonObject { ["found"] = 4, ["wanted"] = 4, ["reached"] = true, ["resolution"] = 0.5, ["sizes"] = new JsonArray(1, 1, 1, 1) },
                ["scores"] = new JsonObject { ["ari"] = 1.0 },
                ["moran-per-domain"] = new JsonArray(0.9, 0.9, 0.9, 0.9),
                ["notes"] = new JsonArray(),
            },
            ("domains.npy", s => NpyWriter.Write<int>(s, [.. truth.Select(t => 3 - t)])),
            ("umap.npy", s => NpyWriter.Write<float>(s, spots, 2, [.. Enumerable.Range(0, spots).SelectMany(i => new[] { (float)(i / side), i % side })])));

        async Task CommitAsync(GrainKey key, JsonObject values, params (string Name, Action<Stream> Write)[] outputs)
        {
            var made = new List<GrainOutput>();
            foreach ((string name, Action<Stream> write) in outputs)
            {
                ContentReference content = await records.Content.PutAsync((stream, _) =>
                {
                    write(stream);
                    return Task.CompletedTask;
                });
                made.Add(new GrainOutput(name, content.Digest, content.Bytes));
            }

            await records.CommitAsync(new GrainResult { Key = key, Outputs = made, Values = values });
        }
    }

    /// <summary>The true domain of a spot: one of four quarters.</summary>
    private static int Domain(int spot, int side) => (spot % side >= side / 2 ? 1 : 0) + (spot / side >= side / 2 ? 2 : 0);
}
