using System.Globalization;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Tables;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Silo.Dashboard.Model;

namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary>The run matrix of a campaign: whole, or what changed since a viewer last asked.</summary>
internal static class CampaignRuns
{
    // A viewer's revision is of this process; after a restart everything is sent again.
    private static readonly string s_epoch = Guid.NewGuid().ToString("n")[..8];

    public static object View(CampaignModel model, IReadOnlyList<RowView> rows, string? since)
    {
        long known = Known(since);
        var methods = new Numbering<CampaignMethod>();
        var datasets = new Numbering<CampaignDataset>();
        var places = rows.Select(r => (Method: methods.Of(TableRecords.MethodOf(r.Row)), Dataset: datasets.Of(TableRecords.DatasetOf(r.Row)))).ToArray();
        bool whole = known < 0;
        return new
        {
            campaign = CampaignApi.Summary(model),
            token = $"{s_epoch}.{(rows.Count == 0 ? 0 : rows.Max(r => r.Revision)).ToString(CultureInfo.InvariantCulture)}",
            whole,
            methods = whole ? methods.All.Select(Method) : null,
            scenarios = whole ? datasets.All.Select(Scenario) : null,
            metrics = rows.SelectMany(r => r.Figures?.Scores ?? []).Where(s => s.Value is not null).Select(s => s.Key).Distinct().Select(CampaignMetric.Of)
                .OrderBy(m => CampaignMetric.Known.ToList().IndexOf(m)).Select(m => new { id = m.Id, symbol = m.Symbol, title = m.Title, about = m.About, largerIsBetter = m.LargerIsBetter }),
            runs = rows.Where(r => r.Revision > known).Select(r => Run(r, places[r.Index].Method, places[r.Index].Dataset)),
        };
    }

    /// <summary>Mean and spread over seeds, for every method, dataset and clusterer.</summary>
    public static object Cells(IReadOnlyList<RowView> rows) => new
    {
        cells = rows.GroupBy(r => (Method: TableRecords.MethodOf(r.Row), Dataset: TableRecords.DatasetOf(r.Row))).Select(cell => new
        {
            method = Method(cell.Key.Method),
            scenario = Scenario(cell.Key.Dataset),
            runs = cell.Count(),
            done = cell.Count(r => r.Standing == GrainStanding.Done),
            failed = cell.Count(r => r.Standing == GrainStanding.Failed),
            // Seeds of a method that draws nothing share an evaluation, and do not spread.
            scores = cell.DistinctBy(r => r.Row.Evaluation).SelectMany(r => r.Figures?.Scores ?? []).Where(s => s.Value is { } v && double.IsFinite(v)).GroupBy(s => s.Key)
                .ToDictionary(g => g.Key, g => Score([.. g.Select(s => s.Value!.Value)]), StringComparer.Ordinal),
        }),
    };

    /// <summary>A run as lists tell of it.</summary>
    public static object Run(RowView row, int method, int scenario) => new
    {
        index = row.Index,
        method,
        scenario,
        seed = row.Row.Seed,
        state = CampaignApi.State(row.Standing),
        trained = row.Trained ? true : (bool?)null,
        grain = row.Row.Run.ToString(),
        evaluation = row.Row.Evaluation.ToString(),
        scores = row.Figures?.Scores.Where(s => s.Value is { } v && double.IsFinite(v)).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
        domains = row.Figures?.Domains,
        epochs = row.Epochs,
        seconds = row.Metrics?.WorkSeconds,
        error = row.Error,
    };

    public static object Method(CampaignMethod method) => new
    {
        id = method.Id,
        title = method.Title,
        preset = method.Preset,
        version = method.Version,
        ablation = method.Ablation,
        overrides = method.Overrides,
        clusterer = method.Clusterer,
        control = method.IsControl,
    };

    public static object Scenario(CampaignDataset dataset) => new
    {
        dataset = dataset.Id,
        type = dataset.Type,
        kind = dataset.Perturbation?.Kind ?? "none",
        title = dataset.Perturbation?.Title ?? "",
        level = dataset.Perturbation?.Level,
        label = dataset.Perturbation is { } p ? Label(p) : "as it is",
        plainLevel = dataset.Perturbation?.UnperturbedLevel,
    };

    private static object Score(double[] values)
    {
        Spread spread = Spread.Of(values)!.Value;
        return new { count = spread.Count, mean = spread.Mean, deviation = spread.Deviation };
    }

    private static string Label(CampaignPerturbation perturbation) => perturbation.Label.Length > 0 ? perturbation.Label
        : string.Create(CultureInfo.InvariantCulture, $"{perturbation.Title} {perturbation.Level}");

    private static long Known(string? since) =>
        since is not null && since.StartsWith(s_epoch + ".", StringComparison.Ordinal) && long.TryParse(since.AsSpan(s_epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long known) ? known : -1;

    private sealed class Numbering<T>
        where T : notnull
    {
        private readonly Dictionary<T, int> _numbers = [];

        public List<T> All { get; } = [];

        public int Of(T item)
        {
            if (_numbers.TryGetValue(item, out int number))
                return number;
            All.Add(item);
            return _numbers[item] = All.Count - 1;
        }
    }
}
