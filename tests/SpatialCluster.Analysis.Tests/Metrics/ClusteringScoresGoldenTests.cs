using System.Text.Json;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Tests;

namespace SpatialCluster.Analysis.Tests.Metrics;

/// <summary>Against scikit-learn.</summary>
public sealed class ClusteringScoresGoldenTests
{
    private readonly GoldenFile _golden = GoldenFile.Open("metrics.json");

    [Fact]
    public void Compare_GoldenClusterings_GoldenScores()
    {
        foreach (JsonElement expected in _golden.At("clustering").EnumerateArray())
        {
            ClusteringAgreement actual = ClusteringScores.Compare(Labels(expected.GetProperty("truth")), Labels(expected.GetProperty("predicted")));
            // Sums of a few dozen logarithms in double on both sides.
            const double Tolerance = 1e-12;
            actual.AdjustedRandIndex.ShouldBe(expected.GetProperty("ari").GetDouble(), Tolerance);
            actual.AdjustedMutualInformation.ShouldBe(expected.GetProperty("ami").GetDouble(), Tolerance);
            actual.NormalisedMutualInformation.ShouldBe(expected.GetProperty("nmi").GetDouble(), Tolerance);
            actual.Homogeneity.ShouldBe(expected.GetProperty("homogeneity").GetDouble(), Tolerance);
            actual.Completeness.ShouldBe(expected.GetProperty("completeness").GetDouble(), Tolerance);
            actual.VMeasure.ShouldBe(expected.GetProperty("v_measure").GetDouble(), Tolerance);
            actual.FowlkesMallows.ShouldBe(expected.GetProperty("fowlkes_mallows").GetDouble(), Tolerance);
        }
    }

    [Fact]
    public void Separation_GoldenVectorsInDouble_GoldenScores()
    {
        using var team = new ThreadTeam(2);
        LabelledRows rows = LabelledRows.From(_golden.Numbers("silhouette/x"), _golden.Shape("silhouette/x")[1], Labels(_golden.At("silhouette/labels")));
        Silhouette.Mean(rows, team)!.Value.ShouldBe(_golden.At("silhouette/value").GetDouble(), 1e-12);
        ClusterSeparation.CalinskiHarabasz(rows)!.Value.ShouldBe(_golden.At("calinski_harabasz").GetDouble(), 1e-9);
        ClusterSeparation.DaviesBouldin(rows)!.Value.ShouldBe(_golden.At("davies_bouldin").GetDouble(), 1e-11);
    }

    [Fact]
    public void Separation_GoldenVectorsAsMatrix_GoldenScoresToFloat()
    {
        using var team = new ThreadTeam(2);
        int[] shape = _golden.Shape("silhouette/x"), labels = Labels(_golden.At("silhouette/labels"));
        using Matrix x = Matrix.From(shape[0], shape[1], [.. _golden.Numbers("silhouette/x").Select(v => (float)v)]);
        // The inputs are rounded to float32 (6e-8 relative); all arithmetic after that is double.
        Silhouette.Mean(x, labels, team)!.Value.ShouldBe(_golden.At("silhouette/value").GetDouble(), 1e-7);
        ClusterSeparation.CalinskiHarabasz(x, labels)!.Value.ShouldBe(_golden.At("calinski_harabasz").GetDouble(), 2e-5);
        ClusterSeparation.DaviesBouldin(x, labels)!.Value.ShouldBe(_golden.At("davies_bouldin").GetDouble(), 3e-7);
    }

    private static int[] Labels(JsonElement element) => [.. GoldenFile.Numbers(element).Select(v => (int)v)];
}
