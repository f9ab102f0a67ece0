using SpatialCluster.Analysis.Clustering;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Analysis.Tests.Clustering;

public sealed class WardClusteringTests
{
    [Fact]
    public void Cluster_BlobsFarApart_FindsThem()
    {
        using Matrix features = ClusteringData.Blobs(180, 5, 6, 12, 3);
        WardResult found = WardClustering.Cluster(features, 6);
        found.Spots.ShouldBe(Enumerable.Range(0, 180));
        found.Labels.ShouldBe(ClusteringData.Truth(180, 6));
    }

    [Fact]
    public void Cluster_ManySpots_TakesASampleByTheSeed()
    {
        using Matrix features = ClusteringData.Blobs(500, 3, 2, 12, 3);
        WardResult first = WardClustering.Cluster(features, 2, mostSpots: 60, seed: 1);
        WardResult second = WardClustering.Cluster(features, 2, mostSpots: 60, seed: 2);
        first.Spots.Length.ShouldBe(60);
        first.Spots.ShouldBe(first.Spots.Distinct().Order());
        first.Spots.ShouldNotBe(second.Spots);
        for (int i = 0; i < 60; i++)
            (first.Labels[i] == first.Labels[0]).ShouldBe(first.Spots[i] % 2 == first.Spots[0] % 2);
    }

    [Fact]
    public void Cluster_EqualSpots_AreMergedFirst()
    {
        using Matrix features = Matrix.From(7, 1, [3, 3, 8, 3, 8, 1, 3]);
        WardClustering.Cluster(features, 3).Labels.ShouldBe([0, 0, 1, 0, 1, 2, 0]);
        WardClustering.Cluster(features, 1).Labels.ShouldBe(new int[7]);
        WardClustering.Cluster(features, 7).Labels.ShouldBe([0, 1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void Cluster_BadInput_IsRefused()
    {
        using Matrix features = ClusteringData.Blobs(5, 2, 1, 1, 1);
        Should.Throw<BadInputException>(() => WardClustering.Cluster(features, 6));
        Should.Throw<BadInputException>(() => WardClustering.Cluster(features, 4, mostSpots: 3));
        features[0, 0] = float.PositiveInfinity;
        Should.Throw<BadInputException>(() => WardClustering.Cluster(features, 2));
    }
}
