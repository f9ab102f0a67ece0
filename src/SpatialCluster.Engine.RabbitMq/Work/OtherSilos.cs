using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>The silos that are alive, as this one sees them.</summary>
internal sealed class OtherSilos(SiloRegistry registry, SiloSettings settings)
{
    // Every start of a silo has a name of its own: what the dead said is of use for a while.
    private static readonly TimeSpan s_memory = TimeSpan.FromDays(1);

    private readonly Dictionary<string, (DateTimeOffset Said, long First)> _heard = [];
    private volatile IReadOnlyList<SiloBeacon> _alive = [];

    /// <summary>Looks who is alive, and forgets who was silent for long.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        IReadOnlyList<SiloBeacon> silos = await registry.ListAsync(cancellation).ConfigureAwait(false);
        _alive = [.. silos.Where(IsHeard)];
        DateTimeOffset forgotten = settings.Clock.GetUtcNow() - s_memory;
        if (silos.Any(silo => silo.Said < forgotten))
            await registry.ForgetAsync(forgotten, cancellation).ConfigureAwait(false);
        foreach (string gone in _heard.Keys.Except(silos.Select(silo => silo.Id)).ToArray())
            _heard.Remove(gone);
    }

    /// <summary>Whether another one has the memory for a grain, takes grains, and can do it.</summary>
    public bool HaveRoomFor(PlannedGrain grain) => _alive.Any(silo => silo.Id != settings.Id
        && silo.State == SiloState.Ready
        && silo.MemoryLimit >= grain.ForecastBytes
        && silo.Codes.Contains(grain.Code)
        && silo.Devices.Any(d => d.Lane.Equals(grain.Lane.ToString(), StringComparison.OrdinalIgnoreCase)));

    // By this silo's own clock: another's may be off by any amount.
    private bool IsHeard(SiloBeacon silo)
    {
        long now = settings.Clock.GetTimestamp();
        if (!_heard.TryGetValue(silo.Id, out (DateTimeOffset Said, long First) heard) || heard.Said != silo.Said)
            _heard[silo.Id] = heard = (silo.Said, now);
        return silo.State != SiloState.Left && settings.Clock.GetElapsedTime(heard.First, now) <= SiloBeacon.Silence;
    }
}
