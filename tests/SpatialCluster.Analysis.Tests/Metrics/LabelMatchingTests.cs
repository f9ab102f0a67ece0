using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Analysis.Neighbours;

namespace SpatialCluster.Analysis.Tests.Metrics;

public sealed class LabelMatchingTests
{
    [Fact]
    public void Align_RandomLabels_OverlapIsTheBestOfAllPairings()
    {
        Gen<(int, int)[]> gen = Gen.Choose(-1, 4).Zip(Gen.Choose(-1, 3), (r, l) => (r, l)).ArrayOf();
        Prop.ForAll(gen.ToArbitrary(), pairs =>
        {
            int[] reference = [.. pairs.Select(p => p.Item1)], labels = [.. pairs.Select(p => p.Item2)];
            int[] names = LabelMatching.Align(reference, labels);
            names.Distinct().Count().ShouldBe(names.Length);
            int[] renamed = LabelMatching.Rename(labels, names);
            Matches(reference, renamed).ShouldBe(BestOfAll(reference, labels, names.Length));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Align_MoreLabelsThanReference_RestGetFreshNamesInOrder() =>
        LabelMatching.Align([0, 0, 1, 1, 0, 1], [3, 3, 1, 1, 0, 2]).ShouldBe([2, 1, 3, 0]);

    [Fact]
    public void Align_GreedyWouldFail_FindsTheOptimum()
    {
        // Overlaps: label 0 has 5 with 0 and 4 with 1; label 1 has 4 with 0 alone. Best is 4 + 4, not 5 + 0.
        int[] reference = [.. Enumerable.Repeat(0, 5), .. Enumerable.Repeat(1, 4), .. Enumerable.Repeat(0, 4)];
        int[] labels = [.. Enumerable.Repeat(0, 9), .. Enumerable.Repeat(1, 4)];
        LabelMatching.Align(reference, labels).ShouldBe([1, 0]);
    }

    [Fact]
    public void NeighbourAgreement_KnownTable_CountsLabelledNeighboursOnly()
    {
        var table = new NeighbourTable(4, 2, [1, 2, 0, 2, 0, 1, 0, 1], new double[8]);
        // Spot 0: {1: same, 2: missing} → 1. Spot 1: likewise → 1. Spot 3: {0, 1}, none the same → 0.
        NeighbourAgreement.Mean(table, [5, 5, -1, 7])!.Value.ShouldBe(2.0 / 3, 1e-15);
        NeighbourAgreement.Mean(table, [-1, -1, -1, -1]).ShouldBeNull();
    }

    private static int Matches(int[] reference, int[] labels) => reference.Zip(labels).Count(p => p.First >= 0 && p.First == p.Second);

    private static int BestOfAll(int[] reference, int[] labels, int count)
    {
        int best = 0;
        void Try(List<int> names)
        {
            if (names.Count == count)
            {
                best = Math.Max(best, Matches(reference, LabelMatching.Rename(labels, [.. names])));
                return;
            }

            foreach (int name in Enumerable.Range(0, 9).Except(names))
                Try([.. names, name]);
        }

        Try([]);
        return best;
    }
}
