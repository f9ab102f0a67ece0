using System.Text.Json;
using SpatialCluster.Analysis.Clustering;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Tests;

namespace SpatialCluster.Analysis.Tests.Clustering;

/// <summary>Against scikit-learn 1.2.1 (<c>covariance_type="tied"</c>), mclust 6.0.0 (EEE, EII) and SciPy 1.10.1.</summary>
public sealed class GaussianMixtureGoldenTests : IDisposable
{
    private static readonly GaussianMixtureOptions s_plain = new() { Clusters = 4, Regularisation = 0 };

    private readonly ThreadTeam _team = new(2);
    private readonly GoldenFile _golden = GoldenFile.Open("clusterers.json");
    private readonly Matrix _features;

    public GaussianMixtureGoldenTests() => _features = ClusteringData.Read(_golden, "features");

    public void Dispose()
    {
        _features.Dispose();
        _team.Dispose();
    }

    [Fact]
    public void FromLabels_ToTheEnd_ReachesTheOptimumOfSklearn()
    {
        GaussianMixtureResult found = Fit(s_plain with { Tolerance = 1e-15 });
        int[] labels = Labels("mixture/labels");
        int[] order = ClusterOrder.BySize(labels, 4);
        found.Labels.ShouldBe(labels);
        // Flat at the optimum: parameters may differ by 1e-7 where the likelihoods differ by rounding.
        found.LogLikelihood.ShouldBe(_golden.At("mixture/log_likelihood").GetDouble(), 1e-8);
        found.Bic.ShouldBe(_golden.At("mixture/bic").GetDouble(), 1e-7);
        found.Confidence.ShouldBe(_golden.Numbers("mixture/confidence"), 1e-5);
        double[] weights = _golden.Numbers("mixture/weights");
        found.Weights.ShouldBe(order.Select(c => weights[c]), 1e-6);
        double[][] means = Rows("mixture/means"), covariance = Rows("mixture/covariance");
        for (int f = 0; f < 5; f++)
        {
            for (int c = 0; c < 4; c++)
                found.Means[c, f].ShouldBe(means[order[c]][f], 1e-5);
            for (int g = 0; g < 5; g++)
                found.Covariance[f, g].ShouldBe(covariance[f][g], 1e-5);
        }
    }

    [Fact]
    public void FromLabels_ToTheEnd_ReachesTheOptimumOfMclust()
    {
        GaussianMixtureResult found = Fit(s_plain with { Tolerance = 1e-15 });
        found.LogLikelihood.ShouldBe(_golden.At("mclust/log_likelihood").GetDouble(), 1e-8);
        found.Bic.ShouldBe(_golden.At("mclust/bic").GetDouble(), 1e-7);
    }

    [Fact]
    public void FromLabels_DefaultTolerance_StopsWhereMclustStops()
    {
        GaussianMixtureResult found = Fit(s_plain);
        // One iteration more or less would change the likelihood by 0.003.
        found.LogLikelihood.ShouldBe(_golden.At("mclust/log_likelihood_at_default_tolerance").GetDouble(), 1e-8);
        int[] labels = Labels("mclust/labels_at_default_tolerance");
        ClusterOrder.BySize(labels, 4);
        found.Labels.ShouldBe(labels);
    }

    [Fact]
    public void Cluster_WardStart_IsMclustFromItsHierarchy()
    {
        GaussianMixtureResult found = GaussianMixture.Cluster(_features, s_plain with { Start = MixtureStart.Ward }, _team);
        found.LogLikelihood.ShouldBe(_golden.At("mclust/log_likelihood_from_ward").GetDouble(), 1e-8);
    }

    [Fact]
    public void Ward_EveryNumberOfClusters_IsThatOfScipyAndMclust()
    {
        foreach (JsonElement figures in _golden.At("ward").EnumerateArray())
        {
            int clusters = figures.GetProperty("clusters").GetInt32();
            int[] labels = [.. GoldenFile.Numbers(figures.GetProperty("labels")).Select(x => (int)x)];
            ClusterOrder.BySize(labels, clusters);
            WardClustering.Cluster(_features, clusters).Labels.ShouldBe(labels, $"{clusters} clusters");
        }

        int[] hierarchy = Labels("mclust/ward_labels");
        ClusterOrder.BySize(hierarchy, 4);
        WardClustering.Cluster(_features, 4).Labels.ShouldBe(hierarchy);
    }

    private GaussianMixtureResult Fit(GaussianMixtureOptions options)
    {
        SpotVectors vectors = SpotVectors.From(_features, 4);
        return GaussianMixture.FromLabels(
            vectors, [.. Enumerable.Range(0, vectors.Spots)], Labels("mixture/start"), options, _team, CancellationToken.None);
    }

    private int[] Labels(string path) => [.. _golden.Numbers(path).Select(x => (int)x)];

    private double[][] Rows(string path) => [.. _golden.At(path).EnumerateArray().Select(GoldenFile.Numbers)];
}
