using System.Text;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Data.Npy;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Silo.Tests.Dashboard;

/// <summary>A campaign in a store in memory, whose grains are really run, one after another, as far as a test wants.</summary>
public sealed class StoredCampaign
{
    /// <summary>Two methods that train and three that do not, on a small tissue as it is and with noise.</summary>
    public const string Whole =
        """
        name: noise-on-a-small-tissue
        description: What noise does to five methods, on 144 spots.
        datasets:
          - name: drawn
            simulate: { modalities: [{ name: rna, like: rna, features: 120 }, { name: protein, like: protein, features: 30 }], grid: 12, seed: 3 }
        perturbations:
          - noise: [0, 0.6]
        methods:
          - { method: spami, parameters: { epochs: 12 } }
          - wnn
          - pca
          - random
          - truth
        seeds: 2
        evaluation: { neighbors: 20, umap: first-seed }
        """;

    /// <summary>What runs in a moment.</summary>
    public const string Quick =
        """
        name: quick
        datasets:
          - name: drawn
            simulate: { modalities: [{ name: rna, like: rna, features: 60 }, { name: protein, like: protein, features: 20 }], grid: 12, seed: 5 }
        methods: [pca, random]
        seeds: 3
        evaluation: { neighbors: 10 }
        """;

    private readonly GrainRunner _runner;

    private StoredCampaign(PlannedCampaign campaign, GrainRecords records)
    {
        (Campaign, Records) = (campaign, records);
        _runner = new GrainRunner(records, GrainWorks.All, new GrainRunnerOptions());
    }

    public PlannedCampaign Campaign { get; }

    public GrainRecords Records { get; }

    public string Id => Campaign.Plan.Id;

    public static async Task<StoredCampaign> SubmitAsync(string document, GrainRecords? records = null)
    {
        PlannedCampaign campaign = CampaignPlanner.Plan(CampaignReader.Parse(document, "campaign.yaml", new CampaignReadOptions { Folder = "." }), new DigestOnly());
        records ??= new GrainRecords(new ContentStore(new MemoryArtifactStore()));
        await new CampaignStore(records).SubmitAsync(campaign.Plan, campaign.Specs, Encoding.UTF8.GetBytes(document));
        return new StoredCampaign(campaign, records);
    }

    /// <summary>Runs those grains that a test wants and that are ready for it.</summary>
    public async Task<StoredCampaign> RunAsync(Func<PlannedGrain, bool>? wanted = null)
    {
        using var device = new CpuDevice("cpu:0", Lane.Cpu, 1);
        foreach (PlannedGrain grain in Campaign.Plan.Grains.Where(g => wanted?.Invoke(g) ?? true))
            (await _runner.RunAsync(grain, device, new Silent(), CancellationToken.None)).State.ShouldBeOneOf(GrainState.Done, GrainState.Reused);
        return this;
    }

    /// <summary>What a dashboard needs of it.</summary>
    public SpatialCluster.Silo.Dashboard.DashboardSource Source(ISiloEngine? engine = null)
    {
        // Records of its own: what a dashboard knows it must have from the store.
        var records = new GrainRecords(Records.Content);
        return new() { Records = records, Campaigns = new CampaignStore(records), Silos = new SiloRegistry(records), Engine = engine };
    }

    /// <summary>
    /// A run on so many spots, with a result written by hand: squares of ten thousand spots in a row on a lattice, each a domain of the truth; the domains
    /// found are the same in the opposite order.
    /// </summary>
    public static async Task<StoredCampaign> LargeAsync(int side = 316)
    {
        StoredCampaign large = await SubmitAsync(
            """
            name: large
            datasets:
              - name: drawn
                simulate: { modalities: [{ name: rna, like: rna, features: 60 }, { name: protein, like: protein, features: 20 }], grid: 12, seed: 5 }
            methods: [{ method: spami, parameters: { epochs: 3 } }]
            seeds: 1
            evaluation: { neighbors: 10, umap: all }
            """);
        int spots = side * side;
        int[] truth = [.. Enumerable.Range(0, spots).Select(s => Domain(s, side))];
        ReportRow row = large.Campaign.Rows[0];
        GrainRecords records = large.Records;
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
        return large;

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

    /// <summary>The true domain of a spot of <see cref="LargeAsync"/>: one of four quarters.</summary>
    public static int Domain(int spot, int side) => (spot % side >= side / 2 ? 1 : 0) + (spot / side >= side / 2 ? 2 : 0);

    private sealed class Silent : IGrainObserver
    {
        public void Started(PlannedGrain grain, string device)
        {
        }

        public void Stage(PlannedGrain grain, string stage)
        {
        }

        public void Epoch(PlannedGrain grain, TrainingProgress progress)
        {
        }

        public void Ended(PlannedGrain grain, GrainOutcome outcome)
        {
        }
    }
}
