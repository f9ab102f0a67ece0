using System.Text.Json;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Analysis.Tests.Clustering;
using SpatialCluster.Analysis.Umap;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Tests;
using Xunit.Abstractions;

namespace SpatialCluster.Analysis.Tests.Umap;

/// <summary>Against umap-learn 0.5.3, five seeds, minimal distance 0.5, 15 neighbours; PCA from scikit-learn as the floor.</summary>
public sealed class UmapGoldenTests : IDisposable
{
    private const int Seeds = 5;
    private readonly ITestOutputHelper _output;
    private readonly ThreadTeam _team = new(2);
    private readonly GoldenFile _golden = GoldenFile.Open("umap.json");

    public UmapGoldenTests(ITestOutputHelper output) => _output = output;

    public void Dispose() => _team.Dispose();

    [Fact]
    public void Fit_SeveralShapes_AreThoseOfUmapLearn()
    {
        foreach (JsonElement figures in _golden.At("curve").EnumerateArray())
        {
            UmapCurve curve = UmapCurve.Fit(figures.GetProperty("min_distance").GetDouble(), figures.GetProperty("spread").GetDouble());
            // SciPy stops when the squares fall by less than a share of 1e-8.
            curve.A.ShouldBe(figures.GetProperty("a").GetDouble(), 2e-5, figures.ToString());
            curve.B.ShouldBe(figures.GetProperty("b").GetDouble(), 2e-5, figures.ToString());
        }
    }

    [Theory]
    [InlineData("blobs")]
    [InlineData("swiss_roll")]
    [InlineData("simulated_slice")]
    public void Compute_Trustworthiness_IsThatOfUmapLearn(string name)
    {
        using Matrix features = ClusteringData.Read(_golden, $"sets/{name}/features");
        CsrMatrix graph = FuzzyNeighbourGraph.FromFeatures(features, 15, FeatureMetric.Euclidean, _team);
        double sum = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            using Matrix layout = UmapLayout.Compute(graph, new UmapOptions { Seed = seed }, _team);
            double found = Trustworthiness.Of(features, layout, 15);
            _output.WriteLine($"{name}, seed {seed}: {found:0.0000}");
            sum += found;
        }

        double[] theirs = _golden.Numbers($"sets/{name}/umap_learn");
        _output.WriteLine($"{name}: {sum / Seeds:0.0000}, umap-learn {theirs.Average():0.0000}, PCA {_golden.At($"sets/{name}/pca").GetDouble():0.0000}");
        // Single seeds of umap-learn scatter by 0.001 to 0.003 about their mean.
        (sum / Seeds).ShouldBeGreaterThan(theirs.Average() - 0.004);
        (sum / Seeds).ShouldBeGreaterThan(_golden.At($"sets/{name}/pca").GetDouble());
    }
}
