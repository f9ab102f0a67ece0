using System.Collections.Concurrent;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Whether the threads of devices answer. One that works on a grain is busy, not dead: an idle one must answer soon.</summary>
/// <param name="devices">The devices.</param>
/// <param name="beacon">What they do now.</param>
/// <param name="patience">How long an idle device may take.</param>
public sealed class DeviceWatch(IReadOnlyList<IComputeDevice> devices, Func<SiloBeacon> beacon, TimeSpan patience)
{
    // A question that was not answered waits in the device's queue; asking again would only lengthen that.
    private readonly ConcurrentDictionary<string, Task<bool>> _asked = new(StringComparer.Ordinal);

    /// <summary>Asks the idle devices.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Which do not answer, in a sentence; null where all are well.</returns>
    public async Task<string?> AilingAsync(CancellationToken cancellation)
    {
        Task<bool>[] answers = [.. devices.Select(d => IsBusy(d) ? Task.FromResult(true) : _asked.AddOrUpdate(d.Name, _ => Ask(d), (_, last) => last.IsCompleted ? Ask(d) : last))];
        await Task.WhenAny(Task.WhenAll(answers), Task.Delay(patience, cancellation)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        string[] silent = [.. devices.Where((d, i) => !answers[i].IsCompletedSuccessfully && !IsBusy(d)).Select(d => d.Name)];
        return silent.Length == 0 ? null : $"The thread of {string.Join(" and ", silent)} does not answer; start this silo anew.";
    }

    private static Task<bool> Ask(IComputeDevice device) => device.RunAsync(() => true);

    private bool IsBusy(IComputeDevice device) => beacon().Devices.Any(d => d.Name == device.Name && d.Grain is not null);
}
