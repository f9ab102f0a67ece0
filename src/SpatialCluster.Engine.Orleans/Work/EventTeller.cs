using System.Threading.Channels;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.Orleans.Grains;

namespace SpatialCluster.Engine.Orleans.Work;

/// <summary>Tells the cluster what happens here, and hears what happens elsewhere. What cannot be told is lost: the store alone knows what is.</summary>
internal sealed class EventTeller(IGrainFactory factory, TimeProvider clock) : IEventListener, IDisposable
{
    private const int MostWaiting = 4096, MostAtOnce = 256;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(20);

    private readonly Channel<ClusterEvent> _waiting = Channel.CreateBounded<ClusterEvent>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ended = new();
    private List<Action<ClusterEvent>> _listeners = [];

    /// <summary>Tells; never blocks.</summary>
    public void Tell(ClusterEvent happened) => _waiting.Writer.TryWrite(happened);

    /// <summary>Listens.</summary>
    public IDisposable Listen(Action<ClusterEvent> heard)
    {
        lock (_gate)
            _listeners = [.. _listeners, heard];
        return new Listening(this, heard);
    }

    /// <inheritdoc/>
    public Task HearAsync(byte[][] events)
    {
        List<Action<ClusterEvent>> listeners;
        lock (_gate)
            listeners = _listeners;
        foreach (byte[] json in events)
        {
            if (ClusterEvent.Parse(json) is { } happened)
                listeners.ForEach(heard => heard(happened));
        }

        return Task.CompletedTask;
    }

    /// <summary>Tells and listens until it is ended.</summary>
    public async Task RunAsync()
    {
        IEventListener self = factory.CreateObjectReference<IEventListener>(this);
        IEventsGrain hub = factory.GetGrain<IEventsGrain>(0);
        long asked = 0;
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                if (asked == 0 || clock.GetElapsedTime(asked) > s_again)
                {
                    await hub.ListenAsync(self).ConfigureAwait(false);
                    asked = clock.GetTimestamp();
                }

                var batch = new List<byte[]>();
                while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out ClusterEvent? happened))
                    batch.Add(happened.ToJson());
                if (batch.Count > 0)
                    await hub.TellAsync([.. batch]).ConfigureAwait(false);
                if (batch.Count < MostAtOnce)
                    await Task.Delay(s_pause, clock, _ended.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever is wrong with the cluster now: events may be lost, and listening begins anew.
            catch (Exception)
#pragma warning restore CA1031
            {
                asked = 0;
                await Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _ended.Cancel();

    private sealed class Listening(EventTeller teller, Action<ClusterEvent> heard) : IDisposable
    {
        public void Dispose()
        {
            lock (teller._gate)
                teller._listeners = [.. teller._listeners.Where(l => l != heard)];
        }
    }
}
