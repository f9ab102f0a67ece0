using SpatialCluster.Campaigns.Submission;

namespace SpatialCluster.Silo.Dashboard.Model;

/// <summary>Where a campaign stood at a look.</summary>
internal sealed record CampaignSnapshot(long Revision, int Grains, int Waiting, int Running, int Done, int Failed, bool Cancelled, bool Active)
{
    // Long enough for a rate, short enough to be of now.
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    public bool IsFinished => Done + Failed == Grains;

    /// <summary>The last time a result was written.</summary>
    public DateTimeOffset? LastDone { get; private init; }

    /// <summary>Grains that came to their end in a minute, lately; null where that cannot be said.</summary>
    public double? GrainsPerMinute { get; private init; }

    /// <summary>The forecast of the time left, by what lately was done of the work that was forecast; null where that cannot be said.</summary>
    public double? SecondsLeft { get; private init; }

    public static CampaignSnapshot Empty(int grains) => new(0, grains, grains, 0, 0, 0, Cancelled: false, Active: false);

    public static CampaignSnapshot Of(GrainView[] grains, long revision, bool cancelled, bool active)
    {
        var snapshot = new CampaignSnapshot(revision, grains.Length, Count(GrainStanding.Waiting), Count(GrainStanding.Running), Count(GrainStanding.Done), Count(GrainStanding.Failed), cancelled, active);
        if (grains.Max(g => g.Done) is not { } last)
            return snapshot;
        GrainView[] lately = [.. grains.Where(g => g.Done is { } done && last - done <= s_window)];
        double seconds = (last - lately.Min(g => g.Done!.Value)).TotalSeconds;
        snapshot = snapshot with { LastDone = last };
        if (seconds <= 0 || lately.Length < 3 || snapshot.IsFinished)
            return snapshot;
        double share = lately.Sum(g => g.Grain.ForecastSeconds) / seconds;
        double open = grains.Where(g => g.Standing is GrainStanding.Waiting or GrainStanding.Running).Sum(g => g.Grain.ForecastSeconds);
        return snapshot with { GrainsPerMinute = 60 * lately.Length / seconds, SecondsLeft = share > 0 ? open / share : null };

        int Count(GrainStanding standing) => grains.Count(g => g.Standing == standing);
    }
}
