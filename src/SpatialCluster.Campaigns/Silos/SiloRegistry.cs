using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>The silos that use a store, and what they are asked for.</summary>
/// <param name="records">The store.</param>
public sealed class SiloRegistry(GrainRecords records)
{
    private const string BeaconEnd = "/beacon.json";

    /// <summary>Says what a silo does now.</summary>
    /// <param name="beacon">What it says.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it is said.</returns>
    public async Task SayAsync(SiloBeacon beacon, CancellationToken cancellation = default)
    {
        byte[] bytes = beacon.ToJson();
        ArtifactName name = StoreLayout.SiloBeacon(beacon.Id);
        ArtifactTag? there = (await GrainRecords.Guard(records.Store.FindAsync(name, cancellation)).ConfigureAwait(false))?.Tag;
        await GrainRecords.Guard(records.Store.ReplaceAsync(name, there, (stream, stop) => stream.WriteAsync(bytes, stop).AsTask(), cancellation)).ConfigureAwait(false);
    }

    /// <summary>What the silos last said, by rising id; those long gone included.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Their beacons.</returns>
    public async Task<IReadOnlyList<SiloBeacon>> ListAsync(CancellationToken cancellation = default)
    {
        var all = new List<SiloBeacon>();
        foreach (ArtifactInfo info in await records.ListAsync(StoreLayout.Silos, cancellation).ConfigureAwait(false))
        {
            if (info.Name.Value.EndsWith(BeaconEnd, StringComparison.Ordinal)
                && await records.ReadAsync(info.Name, cancellation).ConfigureAwait(false) is { } bytes)
            {
                // One that cannot be read is a newer program's, or damaged; it hides no other.
                if (SiloBeacon.TryParse(bytes) is { } beacon)
                    all.Add(beacon);
            }
        }

        return all;
    }

    /// <summary>Asks a silo to give its grains back and take no more.</summary>
    /// <param name="id">The silo.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether nobody had asked before.</returns>
    public Task<bool> DrainAsync(string id, CancellationToken cancellation = default) =>
        records.PutAsync(StoreLayout.SiloDrain(id), "drain\n"u8.ToArray(), cancellation);

    /// <summary>Whether a silo is asked to drain.</summary>
    /// <param name="id">The silo.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether.</returns>
    public async Task<bool> IsAskedToDrainAsync(string id, CancellationToken cancellation = default) =>
        await GrainRecords.Guard(records.Store.FindAsync(StoreLayout.SiloDrain(id), cancellation)).ConfigureAwait(false) is not null;

    /// <summary>Forgets silos that were silent for long.</summary>
    /// <param name="before">Those who said nothing since then.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When they are forgotten.</returns>
    public async Task ForgetAsync(DateTimeOffset before, CancellationToken cancellation = default)
    {
        foreach (SiloBeacon silo in await ListAsync(cancellation).ConfigureAwait(false))
        {
            if (silo.Said >= before)
                continue;
            await GrainRecords.Guard(records.Store.DeleteAsync(StoreLayout.SiloDrain(silo.Id), null, cancellation)).ConfigureAwait(false);
            await GrainRecords.Guard(records.Store.DeleteAsync(StoreLayout.SiloBeacon(silo.Id), null, cancellation)).ConfigureAwait(false);
        }
    }
}
