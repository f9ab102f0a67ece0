using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Analysis.Tests.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Tests.Metrics;

public sealed class SilhouetteTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Theory]
    [InlineData(5, 2, 2)]
    [InlineData(131, 3, 7)]
    [InlineData(200, 16, 40)]
    public void Mean_RandomVectors_EqualsDefinition(int spots, int width, int clusters)
    {
        using Matrix features = FeatureNeighboursTests.Random(spots, width, 3);
        var random = new RandomStream(5);
        // Some without a label, and with 40 clusters some alone in theirs.
        int[] labels = [.. Enumerable.Range(0, spots).Select(i => i < clusters ? i : random.NextInt(clusters + 1) - 1)];
        Silhouette.Mean(features, labels, _team)!.Value.ShouldBe(Definition(features, labels), 1e-12);
    }

    [Fact]
    public void Mean_FourPointsOnALine_ClosedForm()
    {
        using Matrix line = Matrix.From(4, 1, [0, 1, 10, 11]);
        // Spots 0 and 11: a = 1, b = 10.5; spots 1 and 10: a = 1, b = 9.5.
        Silhouette.Mean(line, [0, 0, 1, 1], _team)!.Value.ShouldBe(((9.5 / 10.5) + (8.5 / 9.5)) / 2, 1e-15);
    }

    [Fact]
    public void Scores_WhereUndefined_AreNull()
    {
        using Matrix line = Matrix.From(3, 1, [0, 1, 2]);
        foreach (int[] labels in new int[][] { [0, 0, 0], [0, 1, 2], [-1, -1, 4] })
        {
            Silhouette.Mean(line, labels, _team).ShouldBeNull();
            ClusterSeparation.CalinskiHarabasz(line, labels).ShouldBeNull();
            ClusterSeparation.DaviesBouldin(line, labels).ShouldBeNull();
        }
    }

    [Fact]
    public void Mean_AnyThreadCount_SameBits()
    {
        using Matrix features = FeatureNeighboursTests.Random(700, 9, 13);
        int[] labels = [.. Enumerable.Range(0, 700).Select(i => i * 7 % 5)];
        using var one = new ThreadTeam(1);
        using var three = new ThreadTeam(3);
        double expected = Silhouette.Mean(features, labels, one)!.Value;
        Silhouette.Mean(features, labels, _team).ShouldBe(expected);
        Silhouette.Mean(features, labels, three).ShouldBe(expected);
    }

    [Fact]
    public void Sampled_MoreSpotsThanWanted_KeepsExactlySoManyBySeed()
    {
        int[] labels = [.. Enumerable.Range(0, 1000).Select(i => i % 10 == 9 ? -1 : i % 3)];
        int[] first = Silhouette.Sampled(labels, 300, 1);
        first.Count(label => label >= 0).ShouldBe(300);
        first.Zip(labels).ShouldAllBe(pair => pair.First == -1 || pair.First == pair.Second);
        Silhouette.Sampled(labels, 300, 1).ShouldBe(first);
        Silhouette.Sampled(labels, 300, 2).ShouldNotBe(first);
        Silhouette.Sampled(labels, 900, 1).ShouldBe(labels);
    }

    [Fact]
    public void Mean_SampledSpots_IsNearTheFullScore()
    {
        using Matrix features = FeatureNeighboursTests.Random(2000, 2, 13);
        int[] labels = [.. Enumerable.Range(0, 2000).Select(i => features[i, 0] > 0 ? 1 : 0)];
        double full = Silhouette.Mean(features, labels, _team)!.Value;
        double sampled = Silhouette.Mean(features, labels, _team, mostSpots: 500)!.Value;
        sampled.ShouldNotBe(full);
        // Spot scores spread by about 0.2: the standard error of 500 is 0.01.
        sampled.ShouldBe(full, 0.05);
    }

    private static double Definition(Matrix features, int[] labels)
    {
        int[] spots = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] >= 0)];
        double Apart(int i, int j) => Math.Sqrt(Enumerable.Range(0, features.Columns).Sum(f => Math.Pow((double)features[i, f] - features[j, f], 2)));
        return spots.Average(i =>
        {
            int[] own = [.. spots.Where(j => j != i && labels[j] == labels[i])];
            if (own.Length == 0)
                return 0;
            double a = own.Average(j => Apart(i, j));
            double b = spots.Where(j => labels[j] != labels[i]).GroupBy(j => labels[j]).Min(g => g.Average(j => Apart(i, j)));
            return (b - a) / Math.Max(a, b);
        });
    }
}
