using System.Text.Json;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Tests;

namespace SpatialCluster.Analysis.Communities;

public sealed class LeidenGoldenTests
{
    // What the figures' own sums may be off by: leidenalg adds in another order.
    private const double Tolerance = 1e-9;

    [Theory]
    [InlineData("leiden.json")]
    [InlineData("leiden_weighted.json")]
    public void Cluster_DefaultSeed_ReachesTheMedianOfLeidenalg(string file)
    {
        foreach ((CsrMatrix graph, JsonElement figures, string name) in Cases(file))
        {
            double resolution = figures.GetProperty("resolution").GetDouble();
            LeidenResult found = Leiden.Cluster(graph, new LeidenOptions { Resolution = resolution });
            found.Quality.ShouldBeGreaterThanOrEqualTo(figures.GetProperty("median_quality").GetDouble() - Tolerance, name);
        }
    }

    [Theory]
    [InlineData("leiden.json")]
    [InlineData("leiden_weighted.json")]
    public void Cluster_TenSeeds_ReachTheMedianOfLeidenalg(string file)
    {
        foreach ((CsrMatrix graph, JsonElement figures, string name) in Cases(file).Where(x => x.Graph.Rows <= 300))
        {
            double resolution = figures.GetProperty("resolution").GetDouble();
            double median = figures.GetProperty("median_quality").GetDouble();
            for (ulong seed = 1; seed <= 10; seed++)
            {
                LeidenResult found = Leiden.Cluster(graph, new LeidenOptions { Resolution = resolution, Seed = seed });
                found.Quality.ShouldBeGreaterThanOrEqualTo(median - Tolerance, $"{name}, seed {seed}");
            }
        }
    }

    [Fact]
    public void Of_PartitionsOfLeidenalg_HaveTheirQuality()
    {
        foreach ((CsrMatrix graph, JsonElement figures, string name) in Cases("leiden_weighted.json"))
        {
            int[] labels = [.. figures.GetProperty("membership_of_best").EnumerateArray().Select(x => x.GetInt32())];
            double quality = Modularity.Of(graph, labels, figures.GetProperty("resolution").GetDouble());
            // Both sum some ten thousand terms in double.
            quality.ShouldBe(figures.GetProperty("best_quality").GetDouble(), 1e-12, name);
        }
    }

    private static IEnumerable<(CsrMatrix Graph, JsonElement Figures, string Name)> Cases(string file)
    {
        CsrMatrix? graph = null;
        foreach (JsonElement figures in GoldenFile.Open(file).At("cases").EnumerateArray())
        {
            if (figures.GetProperty("edges").ValueKind == JsonValueKind.Array)
            {
                float[]? weights = figures.TryGetProperty("weights", out JsonElement listed)
                    ? [.. listed.EnumerateArray().Select(x => (float)x.GetDouble())]
                    : null;
                graph = TestGraphs.FromEdges(
                    figures.GetProperty("n").GetInt32(),
                    figures.GetProperty("edges").EnumerateArray().Select((x, i) => (x[0].GetInt32(), x[1].GetInt32(), weights?[i] ?? 1f)));
            }

            yield return (graph.ShouldNotBeNull(), figures, $"{figures.GetProperty("graph").GetString()} at {figures.GetProperty("resolution").GetDouble()}");
        }
    }
}
