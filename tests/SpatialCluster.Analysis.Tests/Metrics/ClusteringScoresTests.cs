using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Analysis.Tests.Metrics;

public sealed class ClusteringScoresTests
{
    private static readonly Gen<int> s_label = Gen.Choose(0, 4);

    private static readonly Arbitrary<(int Truth, int Predicted)[]> s_clusterings =
        s_label.Zip(s_label, (t, p) => (t, p)).NonEmptyListOf().Select(pairs => pairs.ToArray()).ToArbitrary();

    [Fact]
    public void Compare_LabelsRenamed_SameScores() =>
        Prop.ForAll(s_clusterings, pairs =>
        {
            ClusteringAgreement plain = Compare(pairs);
            ClusteringAgreement renamed = Compare([.. pairs.Select(p => (Truth: 1000 - (3 * p.Truth), Predicted: 7 * p.Predicted))]);
            // Only the order of the sums changes.
            Values(renamed).Zip(Values(plain)).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-11);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compare_TruthAndPredictionSwapped_SwapsHomogeneityAndCompleteness() =>
        Prop.ForAll(s_clusterings, pairs =>
        {
            ClusteringAgreement plain = Compare(pairs);
            ClusteringAgreement swapped = Compare([.. pairs.Select(p => (Truth: p.Predicted, Predicted: p.Truth))]);
            double[] expected = Values(plain);
            (expected[3], expected[4]) = (expected[4], expected[3]);
            Values(swapped).Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-11);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compare_PairCounts_MatchDefinition() =>
        Prop.ForAll(s_clusterings, pairs =>
        {
            double both = 0, truth = 0, predicted = 0, all = pairs.Length * (pairs.Length - 1) / 2.0;
            for (int i = 0; i < pairs.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    truth += pairs[i].Truth == pairs[j].Truth ? 1 : 0;
                    predicted += pairs[i].Predicted == pairs[j].Predicted ? 1 : 0;
                    both += pairs[i] == pairs[j] ? 1 : 0;
                }
            }

            ClusteringAgreement actual = Compare(pairs);
            double expected = truth * predicted / all, most = (truth + predicted) / 2;
            if (truth != both || predicted != both)
                actual.AdjustedRandIndex.ShouldBe((both - expected) / (most - expected), 1e-9);
            if (both > 0)
                actual.FowlkesMallows.ShouldBe(both / Math.Sqrt(truth * predicted), 1e-12);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ExpectedInformation_AllOrdersOfSevenLabels_EqualsTheirMean()
    {
        int[] truth = [0, 0, 0, 1, 1, 2, 2], predicted = [0, 0, 1, 1, 1, 1, 2];
        double sum = 0;
        int orders = 0;
        foreach (int[] order in Orders(7))
        {
            int[] dealt = [.. order.Select(i => predicted[i])];
            sum += MutualInformation(truth, dealt);
            orders++;
        }

        ExpectedInformation.Of(Contingency.Count(truth, predicted)).ShouldBe(sum / orders, 1e-13);
    }

    [Fact]
    public void Compare_EverySpotItsOwnCluster_TakesLinearMemoryAndEnds()
    {
        int[] alone = [.. Enumerable.Range(0, 100_000)];
        int[] halves = [.. alone.Select(i => i % 2)];
        ClusteringAgreement scores = ClusteringScores.Compare(halves, alone);
        // Two sums of 100,000 terms in double.
        scores.Homogeneity.ShouldBe(1, 1e-11);
        scores.AdjustedRandIndex.ShouldBe(0, 1e-12);
        scores.AdjustedMutualInformation.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Compare_MillionSpots_PairsDoNotOverflow()
    {
        int[] truth = [.. Enumerable.Range(0, 1_000_000).Select(i => i < 900_000 ? 0 : 1)];
        ClusteringAgreement scores = ClusteringScores.Compare(truth, truth);
        Values(scores).ShouldAllBe(value => Math.Abs(value - 1) < 1e-12);
    }

    [Fact]
    public void Compare_MissingLabels_LeavesTheirSpotsOut()
    {
        ClusteringAgreement scores = ClusteringScores.Compare([0, 0, 1, 1, -1, 1], [2, 2, 5, 5, 2, -1]);
        scores.Spots.ShouldBe(4);
        scores.AdjustedRandIndex.ShouldBe(1);
        scores.TruthLabels.ShouldBe(2);
        scores.PredictedLabels.ShouldBe(2);
    }

    [Fact]
    public void Compare_OneClusterInBoth_IsPerfect() =>
        Values(ClusteringScores.Compare([3, 3, 3], [0, 0, 0])).ShouldBe([1, 1, 1, 1, 1, 1, 1]);

    [Fact]
    public void Compare_NoSpotWithBothLabels_IsRefused() =>
        Should.Throw<BadInputException>(() => ClusteringScores.Compare([0, -1], [-1, 0])).Message.ShouldContain("--truth");

    [Fact]
    public void Compare_DifferentLengths_IsRefused() =>
        Should.Throw<ArgumentException>(() => ClusteringScores.Compare([0, 1], [0]));

    private static ClusteringAgreement Compare((int Truth, int Predicted)[] pairs) =>
        ClusteringScores.Compare([.. pairs.Select(p => p.Truth)], [.. pairs.Select(p => p.Predicted)]);

    private static double[] Values(ClusteringAgreement a) =>
        [a.AdjustedRandIndex, a.AdjustedMutualInformation, a.NormalisedMutualInformation, a.Homogeneity, a.Completeness, a.VMeasure, a.FowlkesMallows];

    private static double MutualInformation(int[] left, int[] right)
    {
        double n = left.Length;
        return left.Zip(right).GroupBy(p => p).Sum(g =>
            g.Count() / n * Math.Log(n * g.Count() / (left.Count(x => x == g.Key.First) * (double)right.Count(x => x == g.Key.Second))));
    }

    private static IEnumerable<int[]> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count).Select(place => (int[])[.. order[..place], count - 1, .. order[place..]]));
}
