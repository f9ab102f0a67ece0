using System.Text;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Tables;

namespace SpatialCluster.Silo.Dashboard.Model;

/// <summary>
/// What is known of a campaign. It grows as results come: what is done is read once, and a look at the store asks for the open grains only.
/// Any number of viewers share one look.
/// </summary>
internal sealed class CampaignModel
{
    private const int ReadersAtOnce = 8;

    private readonly DashboardSource _source;
    private readonly StoreSurvey _survey;
    private readonly Turn _turn = new();
    private readonly GrainView[] _grains;
    private readonly Dictionary<GrainKey, GrainView> _byKey;
    private DateTimeOffset? _looked;
    private volatile CampaignSnapshot _now;
    private volatile RowView[]? _rows;
    private long _rowsOf;
    private string? _document;

    public CampaignModel(CampaignPlan plan, DateTimeOffset submitted, DashboardSource source, StoreSurvey survey)
    {
        (Plan, Submitted, _source, _survey) = (plan, submitted, source, survey);
        _grains = [.. plan.Grains.Select(g => new GrainView(g))];
        _byKey = _grains.ToDictionary(g => g.Grain.Key);
        _now = CampaignSnapshot.Empty(plan.Grains.Count);
    }

    public CampaignPlan Plan { get; }

    public DateTimeOffset Submitted { get; }

    /// <summary>Where the campaign stood at the last look.</summary>
    public CampaignSnapshot Now => _now;

    public IReadOnlyList<GrainView> Grains => _grains;

    /// <summary>Looks again, unless somebody just did.</summary>
    public async Task<CampaignSnapshot> LookAsync(TimeSpan mostAge, CancellationToken cancellation)
    {
        using IDisposable turn = await _turn.TakeAsync(cancellation).ConfigureAwait(false);
        if (_looked is { } at && (_source.Clock.GetUtcNow() - at).Duration() < mostAge)
            return _now;
        return await LookAsync([.. _grains.Where(g => g.Standing != GrainStanding.Done)], shared: true, cancellation).ConfigureAwait(false);
    }

    /// <summary>Looks at grains that something was heard of.</summary>
    /// <param name="grains">Their keys; null for all.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Where the campaign stands.</returns>
    public async Task<CampaignSnapshot> LookAtAsync(HashSet<string>? grains, CancellationToken cancellation)
    {
        using IDisposable turn = await _turn.TakeAsync(cancellation).ConfigureAwait(false);
        GrainView[] open = [.. _grains.Where(g => g.Standing != GrainStanding.Done && (grains?.Contains(g.Grain.Key.ToString()) ?? true))];
        return await LookAsync(open, shared: false, cancellation).ConfigureAwait(false);
    }

    private async Task<CampaignSnapshot> LookAsync(GrainView[] open, bool shared, CancellationToken cancellation)
    {
        DateTimeOffset now = _source.Clock.GetUtcNow();
        bool cancelled = await _source.Campaigns.IsCancelledAsync(Plan.Id, cancellation).ConfigureAwait(false);
        bool active = await GrainRecords.Guard(_source.Records.Store.FindAsync(StoreLayout.ActiveCampaign(Plan.Id), cancellation)).ConfigureAwait(false) is not null;
        IReadOnlyDictionary<GrainKey, GrainSighting> seen = await _survey.LookAsync(open.Select(g => g.Grain.Key), shared, cancellation).ConfigureAwait(false);
        bool changed = _now.Revision == 0;
        foreach (GrainView grain in open)
            changed |= await TakeAsync(grain, seen[grain.Grain.Key], now, cancellation).ConfigureAwait(false);
        if (shared)
            _looked = _source.Clock.GetUtcNow();
        // Compared as a whole: an earlier look may have been broken off half way.
        CampaignSnapshot next = CampaignSnapshot.Of(_grains, _now.Revision, cancelled, active);
        if (changed || next != _now)
            _now = next with { Revision = next.Revision + 1 };
        if (_rows is { } rows && _rowsOf != _now.Revision)
            await RefreshRowsAsync([.. rows], cancellation).ConfigureAwait(false);
        return _now;
    }

    /// <summary>The runs; their results are read when this is first called, and from then on as they come.</summary>
    public async Task<IReadOnlyList<RowView>> RowsAsync(CancellationToken cancellation)
    {
        if (_rows is { } known)
            return known;
        using IDisposable turn = await _turn.TakeAsync(cancellation).ConfigureAwait(false);
        if (_rows is null)
        {
            IReadOnlyList<ReportRow> rows = await _source.Campaigns.RowsAsync(Plan, cancellation).ConfigureAwait(false);
            await RefreshRowsAsync([.. rows.Select((row, index) => new RowView(index, row))], cancellation).ConfigureAwait(false);
        }

        return _rows!;
    }

    /// <summary>The campaign's document, as it was given.</summary>
    public async Task<string> DocumentAsync(CancellationToken cancellation) =>
        _document ??= Encoding.UTF8.GetString(await _source.Campaigns.DocumentAsync(Plan.Id, cancellation).ConfigureAwait(false));

    /// <summary>A grain of the campaign; null where it has none of that key.</summary>
    public GrainView? Find(GrainKey key) => _byKey.GetValueOrDefault(key);

    private async Task<bool> TakeAsync(GrainView grain, GrainSighting seen, DateTimeOffset now, CancellationToken cancellation)
    {
        GrainStanding before = grain.Standing;
        GrainFailure? failure = grain.Failure;
        GrainKey key = grain.Grain.Key;
        if (seen.Result is { } result)
        {
            (grain.Standing, grain.Done, grain.Failure, grain.Claim) = (GrainStanding.Done, result.Written, null, null);
        }
        else if (seen.Failure is { } failed)
        {
            if (grain.Failure is null || grain.Read != failed.Tag)
                grain.Failure = await _source.Records.FindFailureAsync(key, cancellation).ConfigureAwait(false);
            (grain.Standing, grain.Read, grain.Claim) = (grain.Failure is null ? GrainStanding.Waiting : GrainStanding.Failed, failed.Tag, null);
        }
        else if (seen.Claim is { } claimed)
        {
            if (grain.Claim is null || grain.Read != claimed.Tag)
                grain.Claim = await _source.Records.ReadAsync(claimed.Name, cancellation).ConfigureAwait(false) is { } bytes ? GrainClaim.Parse(bytes, claimed.Name.Value) : null;
            (grain.Standing, grain.Read, grain.Failure) = (grain.Claim is { } claim && !claim.IsFree(now) ? GrainStanding.Running : GrainStanding.Waiting, claimed.Tag, null);
        }
        else
        {
            (grain.Standing, grain.Failure, grain.Claim) = (GrainStanding.Waiting, null, null);
        }

        return before != grain.Standing || failure != grain.Failure;
    }

    // Readers see the old rows until the new ones are complete.
    private async Task RefreshRowsAsync(RowView[] rows, CancellationToken cancellation)
    {
        await Parallel.ForAsync(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = ReadersAtOnce, CancellationToken = cancellation }, async (r, stop) =>
        {
            if (rows[r].Figures is not null)
                return;
            RowView now = await RowAsync(rows[r], stop).ConfigureAwait(false);
            if (now == rows[r] && now.Revision != 0)
                return;
            rows[r] = now with { Revision = _now.Revision };
        }).ConfigureAwait(false);
        _rows = rows;
        _rowsOf = _now.Revision;
    }

    private async Task<RowView> RowAsync(RowView row, CancellationToken cancellation)
    {
        GrainView? run = Find(row.Row.Run), evaluation = Find(row.Row.Evaluation);
        GrainView?[] both = [run, evaluation];
        if (evaluation?.Standing == GrainStanding.Done && await _source.Records.FindResultAsync(row.Row.Evaluation, cancellation).ConfigureAwait(false) is { } result)
            row = row with { Standing = GrainStanding.Done, Figures = EvaluationFigures.Of(result), Error = null };
        else if (both.FirstOrDefault(g => g?.Failure is not null)?.Failure is { } failure)
            row = row with { Standing = GrainStanding.Failed, Error = failure.Message };
        else
            row = row with { Standing = Array.Exists(both, g => g?.Standing == GrainStanding.Running) ? GrainStanding.Running : GrainStanding.Waiting, Error = null };
        bool trained = run?.Standing == GrainStanding.Done;
        if (!trained || row.Metrics is not null)
            return row with { Trained = trained };
        return row with
        {
            Trained = true,
            Metrics = await _source.Records.FindMetricsAsync(row.Row.Run, cancellation).ConfigureAwait(false),
            Epochs = (int?)(await _source.Records.FindResultAsync(row.Row.Run, cancellation).ConfigureAwait(false))?.Values["epochs"],
        };
    }
}
