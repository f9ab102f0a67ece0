using System.Text.Json;
using SpatialCluster.Analysis.Clustering;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Tests;

namespace SpatialCluster.Analysis.Tests.Clustering;

/// <summary>Against scikit-learn 1.2.1 in double.</summary>
public sealed class KMeansGoldenTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);
    private readonly GoldenFile _golden = GoldenFile.Open("clusterers.json");

    public void Dispose() => _team.Dispose();

    [Fact]
    public void FromCentres_GivenStart_FollowsLloydOfSklearn()
    {
        using Matrix features = ClusteringData.Read(_golden, "features");
        double[,] start = Rows("lloyd/start");
        KMeansResult found = KMeans.FromCentres(features, start, new KMeansOptions { Clusters = 4 }, _team);
        int[] labels = [.. _golden.Numbers("lloyd/labels").Select(x => (int)x)];
        int[] order = ClusterOrder.BySize(labels, 4);
        found.Labels.ShouldBe(labels);
        found.Iterations.ShouldBe(_golden.At("lloyd/iterations").GetInt32());
        // Sums of some hundred terms of size 1 in another order.
        found.Inertia.ShouldBe(_golden.At("lloyd/inertia").GetDouble(), 1e-9);
        double[,] centres = Rows("lloyd/centres");
        for (int c = 0; c < 4; c++)
        {
            for (int f = 0; f < features.Columns; f++)
                found.Centres[c, f].ShouldBe(centres[order[c], f], 1e-12);
        }
    }

    [Fact]
    public void Cluster_TenSeeds_InertiaIsThatOfSklearn()
    {
        using Matrix features = ClusteringData.Read(_golden, "features");
        foreach (JsonElement figures in _golden.At("kmeans").EnumerateArray())
        {
            int clusters = figures.GetProperty("clusters").GetInt32();
            double[] found = [.. Enumerable.Range(0, 10)
                .Select(seed => KMeans.Cluster(features, new KMeansOptions { Clusters = clusters, Seed = (ulong)seed }, _team).Inertia)
                .Order()];
            // scikit-learn's twenty seeds of ten starts lie up to 3.3 % above its best.
            double best = figures.GetProperty("best").GetDouble();
            found[^1].ShouldBeLessThan(best * 1.05, $"{clusters} clusters");
            // The medians of ten and of twenty seeds scatter by half a per cent each.
            found[5].ShouldBeLessThan(figures.GetProperty("median").GetDouble() * 1.01, $"{clusters} clusters");
            // Nobody is known to be better than scikit-learn's best by more than that scatter.
            found[0].ShouldBeGreaterThan(best * 0.99, $"{clusters} clusters");
        }
    }

    private double[,] Rows(string path)
    {
        double[][] rows = [.. _golden.At(path).EnumerateArray().Select(GoldenFile.Numbers)];
        var values = new double[rows.Length, rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows[i].Length; j++)
                values[i, j] = rows[i][j];
        }

        return values;
    }
}
