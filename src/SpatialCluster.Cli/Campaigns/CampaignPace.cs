using System.Globalization;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Cli.Progress;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>How far a campaign is, and how long it will take: by the time that its grains were forecast to take against what they took.</summary>
/// <param name="plan">The campaign.</param>
/// <param name="clock">The clock.</param>
internal sealed class CampaignPace(CampaignPlan plan, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly double _total = plan.Grains.Sum(g => g.ForecastSeconds);
    private double _worked;
    private double _skipped;
    private int _failed;

    /// <summary>Grains that have ended.</summary>
    public int Ended { get; private set; }

    /// <summary>The share of the forecast work that is behind, 0 … 1.</summary>
    public double Share => _total > 0 ? (_worked + _skipped) / _total : 1;

    /// <summary>Takes note of an end.</summary>
    public void End(PlannedGrain grain, GrainOutcome outcome)
    {
        Ended++;
        if (outcome.State == GrainState.Done)
            _worked += grain.ForecastSeconds;
        else
            _skipped += grain.ForecastSeconds;
        if (outcome.State == GrainState.Failed)
            _failed++;
    }

    /// <summary>Such as <c>34/210 grains · 1.2 grains/s · 2 min 5 s left</c>.</summary>
    public string Describe()
    {
        double seconds = clock.GetElapsedTime(_start).TotalSeconds;
        string rate = seconds > 0 && Ended > 0 ? string.Create(CultureInfo.InvariantCulture, $" · {Ended / seconds:0.0} grains/s") : "";
        double left = _worked > 0 ? (_total - _worked - _skipped) * seconds / _worked : 0;
        string wait = left > 0 ? $" · {Duration.Text(left)} left" : "";
        string failed = _failed > 0 ? string.Create(CultureInfo.InvariantCulture, $" · {_failed:N0} failed") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Ended:N0}/{plan.Grains.Count:N0} grains{rate}{wait}{failed}");
    }
}
