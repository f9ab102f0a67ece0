using SpatialCluster.Analysis.Clustering;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Tests.Clustering;

public sealed class KMeansTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void Cluster_BlobsFarApart_FindsThem(int clusters)
    {
        using Matrix features = ClusteringData.Blobs(clusters * 40, 7, clusters, 12, 4);
        KMeansResult found = KMeans.Cluster(features, new KMeansOptions { Clusters = clusters }, _team);
        found.Labels.ShouldBe(ClusteringData.Truth(clusters * 40, clusters));
    }

    [Fact]
    public void Cluster_Result_IsConsistentAndOrderedBySize()
    {
        using Matrix features = ClusteringData.Blobs(700, 6, 5, 1, 9);
        KMeansResult found = KMeans.Cluster(features, new KMeansOptions { Clusters = 8 }, _team);
        int[] sizes = [.. Enumerable.Range(0, 8).Select(c => found.Labels.Count(label => label == c))];
        sizes.ShouldBe(sizes.OrderDescending());
        double inertia = 0;
        for (int i = 0; i < features.Rows; i++)
        {
            double[] squares = [.. Enumerable.Range(0, 8).Select(c => Square(features, i, found.Centres, c))];
            // The centre of the label is the nearest, but for rounding.
            squares[found.Labels[i]].ShouldBeLessThanOrEqualTo(squares.Min() + 1e-9);
            inertia += squares[found.Labels[i]];
        }

        found.Inertia.ShouldBe(inertia, 1e-8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cluster_AnyThreads_GivesTheSameBytes(int threads)
    {
        using Matrix features = ClusteringData.Blobs(3000, 11, 6, 0.8, 2);
        var options = new KMeansOptions { Clusters = 7, Starts = 3, Seed = 5 };
        using var other = new ThreadTeam(threads);
        KMeansResult expected = KMeans.Cluster(features, options, _team);
        KMeansResult found = KMeans.Cluster(features, options, other);
        found.Labels.ShouldBe(expected.Labels);
        found.Inertia.ShouldBe(expected.Inertia);
        found.Centres.Cast<double>().ShouldBe(expected.Centres.Cast<double>());
    }

    [Fact]
    public void Cluster_FewerDistinctSpotsThanClusters_LeavesTheLastEmpty()
    {
        using Matrix features = Matrix.From(6, 1, [1, 1, 1, 5, 5, 9]);
        KMeansResult found = KMeans.Cluster(features, new KMeansOptions { Clusters = 5 }, _team);
        found.Labels.ShouldBe([0, 0, 0, 1, 1, 2]);
        found.Inertia.ShouldBe(0);
    }

    [Fact]
    public void FromCentres_CentreWithoutSpots_TakesTheFarthestSpot()
    {
        using Matrix features = Matrix.From(6, 1, [0, 1, 2, 3, 4, 100]);
        KMeansResult found = KMeans.FromCentres(features, new double[,] { { 2 }, { 1e6 }, { 2e6 } }, new KMeansOptions { Clusters = 3 }, _team);
        found.Labels.Distinct().Count().ShouldBe(3);
        found.Labels.Count(label => label == found.Labels[5]).ShouldBe(1);
    }

    [Fact]
    public void Cluster_BadInput_IsRefused()
    {
        using Matrix features = ClusteringData.Blobs(5, 2, 1, 1, 1);
        Should.Throw<BadInputException>(() => KMeans.Cluster(features, new KMeansOptions { Clusters = 6 }, _team)).Message.ShouldContain("5 spots");
        Should.Throw<BadInputException>(() => KMeans.Cluster(features, new KMeansOptions { Clusters = 0 }, _team));
        Should.Throw<BadInputException>(() => KMeans.Cluster(features, new KMeansOptions { Clusters = 2, Starts = 0 }, _team));
        Should.Throw<BadInputException>(() => KMeans.Cluster(features, new KMeansOptions { Clusters = 2, MaxIterations = 0 }, _team));
        Should.Throw<BadInputException>(() => KMeans.Cluster(features, new KMeansOptions { Clusters = 2, Tolerance = double.NaN }, _team));
        features[3, 1] = float.NaN;
        Should.Throw<BadInputException>(() => KMeans.Cluster(features, new KMeansOptions { Clusters = 2 }, _team)).Message.ShouldContain("spot 3, column 1");
    }

    [Fact]
    public void Cluster_Cancelled_Stops()
    {
        using Matrix features = ClusteringData.Blobs(50, 2, 2, 1, 1);
        Should.Throw<OperationCanceledException>(
            () => KMeans.Cluster(features, new KMeansOptions { Clusters = 2 }, _team, new CancellationToken(canceled: true)));
    }

    private static double Square(Matrix features, int spot, double[,] centres, int c)
    {
        double sum = 0;
        for (int f = 0; f < features.Columns; f++)
            sum += (features[spot, f] - centres[c, f]) * (features[spot, f] - centres[c, f]);
        return sum;
    }
}
