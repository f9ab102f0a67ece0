using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Tables;

/// <summary>The runs of a campaign with what is known of them: complete for its report, with gaps while it goes on.</summary>
public sealed class CampaignTable
{
    private CampaignTable(IReadOnlyList<TableRow> rows) => Rows = rows;

    /// <summary>All rows, in the order of the plan.</summary>
    public IReadOnlyList<TableRow> Rows { get; }

    /// <summary>The names of the scores that at least one row has.</summary>
    public IReadOnlyList<string> Metrics =>
        [.. Work.DomainScores.Names.Where(name => Rows.Any(r => r.Figures?.Score(name) is not null))];

    /// <summary>Puts rows and results together.</summary>
    /// <param name="rows">As the report's spec has them.</param>
    /// <param name="results">Gives the result of a run or an evaluation, or null while it is not there; asked once for each.</param>
    /// <returns>The table.</returns>
    public static CampaignTable Of(IReadOnlyList<ReportRow> rows, Func<GrainKey, GrainResult?> results)
    {
        var known = new Dictionary<GrainKey, (GrainResult? Result, EvaluationFigures? Figures)>();
        var runs = new Dictionary<GrainKey, GrainResult?>();
        var table = new List<TableRow>(rows.Count);
        foreach (ReportRow row in rows)
        {
            if (!known.TryGetValue(row.Evaluation, out (GrainResult? Result, EvaluationFigures? Figures) found))
            {
                GrainResult? result = results(row.Evaluation);
                known[row.Evaluation] = found = (result, result is null ? null : EvaluationFigures.Of(result));
            }

            if (!runs.TryGetValue(row.Run, out GrainResult? run))
                runs[row.Run] = run = results(row.Run);
            table.Add(new TableRow(row, found.Result, found.Figures, run));
        }

        return new CampaignTable(table);
    }
}
