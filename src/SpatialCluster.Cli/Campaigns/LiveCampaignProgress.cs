using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;
using Spectre.Console;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>Bars that are redrawn in place: one for the campaign, one for each device with what it does.</summary>
internal sealed class LiveCampaignProgress : IGrainObserver
{
    private readonly Lock _gate = new();
    private readonly ProgressContext _display;
    private readonly CampaignPace _pace;
    private readonly ProgressTask _whole;
    private readonly Dictionary<string, ProgressTask> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<PlannedGrain, string> _places = [];

    public LiveCampaignProgress(ProgressContext display, CampaignPlan plan, TimeProvider clock)
    {
        _display = display;
        _pace = new CampaignPace(plan, clock);
        _whole = display.AddTask(Markup.Escape(plan.Name), maxValue: 1);
    }

    public void Started(PlannedGrain grain, string device)
    {
        lock (_gate)
        {
            _places[grain] = device;
            if (!_devices.TryGetValue(device, out ProgressTask? bar))
                _devices[device] = bar = _display.AddTask(Markup.Escape(device));
            bar.IsIndeterminate().Description(Markup.Escape($"{device}  {grain.Title}"));
        }
    }

    public void Stage(PlannedGrain grain, string stage)
    {
        lock (_gate)
        {
            if (Bar(grain) is { } bar)
                bar.Description(Markup.Escape($"{_places[grain]}  {grain.Title}: {stage}"));
        }
    }

    public void Epoch(PlannedGrain grain, TrainingProgress progress)
    {
        lock (_gate)
            Bar(grain)?.IsIndeterminate(false).MaxValue(progress.Epochs).Value(progress.Epoch);
    }

    public void Returned(PlannedGrain grain, string? cause)
    {
        lock (_gate)
            Leave(grain);
    }

    public void Ended(PlannedGrain grain, GrainOutcome outcome)
    {
        lock (_gate)
        {
            Leave(grain);
            _pace.End(grain, outcome);
            _whole.Value(_pace.Share).Description(Markup.Escape(_pace.Describe()));
        }
    }

    /// <summary>Closes the bars.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            foreach (ProgressTask bar in _devices.Values.Append(_whole))
                bar.StopTask();
        }
    }

    private void Leave(PlannedGrain grain)
    {
        if (Bar(grain) is { } bar)
            bar.IsIndeterminate(false).MaxValue(1).Value(0).Description(Markup.Escape(_places[grain]));
        _places.Remove(grain);
    }

    private ProgressTask? Bar(PlannedGrain grain) => _places.TryGetValue(grain, out string? device) ? _devices[device] : null;
}
