using System.Diagnostics;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>Hears what silos tell of their work. It decides nothing: results are read from the store.</summary>
internal sealed class ClusterEars : IAsyncDisposable
{
    private readonly RabbitBroker _broker;
    private readonly IDisposable _listening;
    private readonly List<Heard> _all = [];

    private ClusterEars(RabbitBroker broker)
    {
        _broker = broker;
        _listening = broker.Listen(Hear);
    }

    /// <summary>All that was heard up to now.</summary>
    public IReadOnlyList<Heard> All
    {
        get
        {
            lock (_all)
                return [.. _all];
        }
    }

    public static async Task<ClusterEars> OpenAsync(ClusterPlace place)
    {
        RabbitBroker broker = await place.ConnectAsync();
        return new ClusterEars(broker);
    }

    /// <summary>Waits until something is told.</summary>
    public async Task<Heard> WaitForAsync(Func<ClusterEvent, bool> isIt, string otherwise, long since = 0)
    {
        Heard? found = null;
        await ClusterPlace.WaitAsync(() => Task.FromResult((found = All.FirstOrDefault(h => h.At >= since && isIt(h.Event))) is not null), otherwise);
        return found!;
    }

    /// <summary>Waits until a silo trains, and has been at it for some time.</summary>
    /// <returns>Of the epoch: which grain, which silo.</returns>
    public async Task<(GrainKey Grain, string Silo)> WaitForTrainingAsync(ClusterPlace place, int tellings = 3)
    {
        (GrainKey Grain, string Silo) training = default;
        await ClusterPlace.WaitAsync(
            async () =>
            {
                IGrouping<(string, string), ClusterEvent>? found = All.Select(h => h.Event).Where(e => e is { Kind: ClusterEventKind.GrainEpoch, Epochs: > 1000 })
                    .GroupBy(e => (e.Grain!, e.Silo)).FirstOrDefault(g => g.Count() >= tellings);
                if (found is null || !GrainKey.TryParse(found.Key.Item1, out GrainKey key))
                    return false;
                training = (key, found.Key.Item2);
                return await place.Open().Records.Store.FindAsync(StoreLayout.Checkpoint(key)) is not null;
            },
            "no silo trains");
        return training;
    }

    /// <summary>Waits until a grain is begun by another silo after a moment.</summary>
    /// <returns>How long after it.</returns>
    public async Task<TimeSpan> WaitForTakeoverAsync(GrainKey grain, string from, long moment)
    {
        Heard taken = await WaitForAsync(e => e.Kind == ClusterEventKind.GrainStarted && e.Grain == grain.ToString() && e.Silo != from, $"nobody takes {grain} over from {from}", moment);
        return Stopwatch.GetElapsedTime(moment, taken.At);
    }

    /// <summary>The first epoch after a takeover is not before what had been reached one interval before the moment.</summary>
    public async Task ShouldHaveLostNoMoreAsync(GrainKey grain, string from, long moment, TimeSpan interval)
    {
        Heard first = await WaitForAsync(e => e.Kind == ClusterEventKind.GrainEpoch && e.Grain == grain.ToString() && e.Silo != from, $"nobody goes on with {grain}", moment);
        // Epochs are told once a second; the writing of a checkpoint takes its time on a busy machine.
        long safe = moment - (long)((interval + TimeSpan.FromSeconds(1)).TotalSeconds * Stopwatch.Frequency);
        int reached = All.Where(h => h.At <= safe && h.Event.Kind == ClusterEventKind.GrainEpoch && h.Event.Grain == grain.ToString() && h.Event.Silo == from).Max(h => h.Event.Epoch) ?? 0;
        first.Event.Epoch!.Value.ShouldBeGreaterThan(Math.Max(reached, 1), $"no more than {interval} of work is lost");
    }

    public async ValueTask DisposeAsync()
    {
        _listening.Dispose();
        await _broker.DisposeAsync();
    }

    private void Hear(ClusterEvent happened)
    {
        lock (_all)
            _all.Add(new Heard(Stopwatch.GetTimestamp(), happened));
    }
}
