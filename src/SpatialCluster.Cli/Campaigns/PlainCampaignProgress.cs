using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Cli.Progress;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>Lines of text: every few seconds how far the campaign is and what runs, and each failure.</summary>
/// <param name="output">Where they go.</param>
/// <param name="plan">The campaign.</param>
/// <param name="clock">The clock.</param>
internal sealed class PlainCampaignProgress(TextWriter output, CampaignPlan plan, TimeProvider clock) : IGrainObserver
{
    private readonly Lock _gate = new();
    private readonly CampaignPace _pace = new(plan, clock);
    private readonly Dictionary<PlannedGrain, string> _running = [];
    private long _last = clock.GetTimestamp();

    public void Started(PlannedGrain grain, string device)
    {
        lock (_gate)
        {
            _running[grain] = "";
            Tell(always: false);
        }
    }

    public void Stage(PlannedGrain grain, string stage)
    {
    }

    public void Epoch(PlannedGrain grain, TrainingProgress progress)
    {
        lock (_gate)
        {
            _running[grain] = $" (epoch {progress.Epoch}/{progress.Epochs})";
            Tell(always: false);
        }
    }

    public void Returned(PlannedGrain grain, string? cause)
    {
        lock (_gate)
            _running.Remove(grain);
    }

    public void Ended(PlannedGrain grain, GrainOutcome outcome)
    {
        lock (_gate)
        {
            _running.Remove(grain);
            _pace.End(grain, outcome);
            if (outcome.State == GrainState.Failed)
                Write($"failed: {grain.Title}: {outcome.Error}");
            Tell(always: _pace.Ended == plan.Grains.Count);
        }
    }

    private void Tell(bool always)
    {
        if (!always && clock.GetElapsedTime(_last) < PlainProgress.Interval)
            return;
        _last = clock.GetTimestamp();
        string running = _running.Count == 0 ? "" : $" · {string.Join(", ", _running.Select(r => r.Key.Title + r.Value))}";
        Write(_pace.Describe() + running);
    }

    private void Write(string line)
    {
        try
        {
            output.WriteLine(line);
            output.Flush();
        }
        catch (IOException)
        {
            // Nobody can be told any more; the campaign goes on all the same.
        }
    }
}
