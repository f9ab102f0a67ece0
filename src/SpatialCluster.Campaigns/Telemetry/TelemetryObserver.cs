using System.Collections.Concurrent;
using System.Diagnostics;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Telemetry;

/// <summary>
/// Measures the grains of a campaign: a span for the campaign's part that is done here, within it one for each grain, within that one for
/// each stage; grains, durations and epochs are counted. What it is told, it passes on.
/// </summary>
public sealed class TelemetryObserver : IGrainObserver, IDisposable
{
    private readonly IGrainObserver? _next;
    private readonly Activity? _campaign;
    private readonly ActivityContext _parent;
    private readonly ConcurrentDictionary<GrainKey, Running> _running = new();

    /// <summary>Begins the campaign's span.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="next">Told everything, too.</param>
    public TelemetryObserver(string campaign, IGrainObserver? next = null)
    {
        _next = next;
        ActivityContext trace = CampaignTraces.ContextOf(campaign);
        _campaign = Start("campaign", trace);
        _campaign?.SetTag("spatialcluster.campaign", campaign);
        _parent = _campaign?.Context ?? trace;
    }

    /// <inheritdoc/>
    public void Started(PlannedGrain grain, string device)
    {
        End(grain.Key, "lost");
        Activity? span = Start("grain", _parent);
        span?.SetTag("spatialcluster.grain.kind", grain.Key.Kind);
        span?.SetTag("spatialcluster.grain.key", grain.Key.ToString());
        span?.SetTag("spatialcluster.grain.title", grain.Title);
        span?.SetTag("spatialcluster.device", device);
        _running[grain.Key] = new Running(device, span);
        _next?.Started(grain, device);
    }

    /// <inheritdoc/>
    public void Stage(PlannedGrain grain, string stage)
    {
        if (_running.TryGetValue(grain.Key, out Running? running))
        {
            lock (running)
            {
                Stop(running.Stage);
                running.Stage = running.Span is { } span ? Start("stage", span.Context) : null;
                running.Stage?.SetTag("spatialcluster.stage", stage);
            }
        }

        _next?.Stage(grain, stage);
    }

    /// <inheritdoc/>
    public void Epoch(PlannedGrain grain, TrainingProgress progress)
    {
        // Several epochs may be told at once; the first that is told may follow a checkpoint, of whose epochs none was done here.
        long done = 1;
        if (_running.TryGetValue(grain.Key, out Running? running))
        {
            lock (running)
            {
                done = running.Epoch is { } before ? progress.Epoch - before : 1;
                running.Epoch = progress.Epoch;
            }
        }

        if (done > 0)
            ClusterTelemetry.Epochs.Add(done);
        _next?.Epoch(grain, progress);
    }

    /// <inheritdoc/>
    public void Returned(PlannedGrain grain, string? cause)
    {
        End(grain.Key, "returned");
        if (cause is not null)
            ClusterTelemetry.AttemptsLost.Add(1, new KeyValuePair<string, object?>("cause", cause));
        _next?.Returned(grain, cause);
    }

    /// <inheritdoc/>
    public void Ended(PlannedGrain grain, GrainOutcome outcome)
    {
        string state = outcome.State.ToString().ToLowerInvariant();
        ClusterTelemetry.GrainsEnded.Add(1, new("kind", grain.Key.Kind), new("state", state));
        Running? running = End(grain.Key, state, outcome.Error);
        if (outcome.State == GrainState.Done)
            ClusterTelemetry.GrainDuration.Record(outcome.Seconds, new("kind", grain.Key.Kind), new("device", running?.Device ?? ""));
        _next?.Ended(grain, outcome);
    }

    /// <summary>Ends every span.</summary>
    public void Dispose()
    {
        foreach (GrainKey key in _running.Keys)
            End(key, "returned");
        Stop(_campaign);
    }

    private Running? End(GrainKey key, string state, string? error = null)
    {
        if (!_running.TryRemove(key, out Running? running))
            return null;
        lock (running)
        {
            Stop(running.Stage);
            running.Span?.SetTag("spatialcluster.grain.state", state);
            if (error is not null)
                running.Span?.SetStatus(ActivityStatusCode.Error, error);
            Stop(running.Span);
        }

        return running;
    }

    // Spans begin and end on different threads: what is current where an observer is called is the caller's.
    private static Activity? Start(string name, ActivityContext parent)
    {
        Activity? current = Activity.Current;
        Activity? span = ClusterTelemetry.Activities.StartActivity(name, ActivityKind.Internal, parent);
        Activity.Current = current;
        return span;
    }

    private static void Stop(Activity? span)
    {
        Activity? current = Activity.Current;
        span?.Dispose();
        Activity.Current = current;
    }

    private sealed class Running(string device, Activity? span)
    {
        public string Device => device;

        public Activity? Span => span;

        public Activity? Stage { get; set; }

        public int? Epoch { get; set; }
    }
}
