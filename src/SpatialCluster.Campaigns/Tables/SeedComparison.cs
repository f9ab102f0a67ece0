using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Campaigns.Tables;

/// <summary>
/// How far the seeds of one method agree on the domains of one slice: the adjusted Rand index of every pair. It needs no truth.
/// Seeds that share one evaluation, as those of methods that draw nothing do, count as one, so that such a method has no agreement
/// rather than a perfect one.
/// </summary>
public static class SeedComparison
{
    /// <summary>Compares the seeds of every group of rows; evaluations that are not there are left out.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="open">Opens bytes of the store.</param>
    /// <param name="cancellation">Stops between groups.</param>
    /// <returns>One for each group with two evaluations or more, in the order of the rows.</returns>
    public static IReadOnlyList<SeedAgreement> Of(CampaignTable table, Func<ContentDigest, Stream> open, CancellationToken cancellation = default)
    {
        var agreements = new List<SeedAgreement>();
        foreach (IGrouping<ReportRow, TableRow> group in table.Rows.Where(r => r.Result is not null).GroupBy(r => Common(r.Row)))
        {
            cancellation.ThrowIfCancellationRequested();
            int[][] labels = [.. group.DistinctBy(r => r.Row.Evaluation).Select(r => new StoredArrays(r.Result!, open).List<int>(EvaluationWork.Domains))];
            if (labels.Length > 1)
                agreements.Add(Compare(group.First().Row, labels));
        }

        return agreements;
    }

    // The slice is part of it: seeds that drew their own slice cannot be compared spot by spot.
    private static ReportRow Common(ReportRow row) => row with
    {
        Seed = 0,
        Run = new GrainKey(row.Run.Kind, row.Slice.Digest),
        Evaluation = new GrainKey(row.Evaluation.Kind, row.Slice.Digest),
    };

    private static SeedAgreement Compare(ReportRow row, int[][] labels)
    {
        double sum = 0, least = double.PositiveInfinity;
        int pairs = 0;
        for (int first = 0; first < labels.Length; first++)
        {
            for (int second = first + 1; second < labels.Length; second++)
            {
                double agreement = ClusteringScores.Compare(labels[first], labels[second]).AdjustedRandIndex;
                sum += agreement;
                least = Math.Min(least, agreement);
                pairs++;
            }
        }

        return new SeedAgreement(TableRecords.DatasetOf(row), TableRecords.MethodOf(row), sum / pairs, least, pairs);
    }
}
