using System.Threading.Channels;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

/// <summary>A broker in memory, held to the same contract as the real one, whose faults come when a test says so.</summary>
public sealed class MemoryBrokerServer : IAsyncDisposable
{
    private const int MostDeliveries = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<Entry>> _queues = new(StringComparer.Ordinal);
    private readonly List<MemoryBroker> _clients = [];
    private readonly List<byte[]> _dead = [];
    private readonly Channel<ClusterEvent> _events = Channel.CreateUnbounded<ClusterEvent>();
    private readonly Task _telling;
    private long _nextPlace;
    private bool _isAway;

    public MemoryBrokerServer() => _telling = TellAsync();

    /// <summary>What was set aside.</summary>
    public IReadOnlyList<byte[]> Dead
    {
        get
        {
            lock (_lock)
                return [.. _dead];
        }
    }

    /// <summary>The queues there are.</summary>
    public IReadOnlyList<string> Queues
    {
        get
        {
            lock (_lock)
                return [.. _queues.Keys.Order(StringComparer.Ordinal)];
        }
    }

    public MemoryBroker Connect()
    {
        var client = new MemoryBroker(this);
        lock (_lock)
            _clients.Add(client);
        return client;
    }

    /// <summary>Loses every connection; every call fails until <see cref="ComeBack"/>. Messages stay.</summary>
    public void GoAway()
    {
        lock (_lock)
            _isAway = true;
        foreach (MemoryBroker client in Clients())
            Cut(client);
    }

    public void ComeBack()
    {
        lock (_lock)
            _isAway = false;
    }

    /// <summary>Puts every waiting message of a queue at its end once more, as a publisher does who was not sure of the confirmation.</summary>
    public void Duplicate(string queue)
    {
        lock (_lock)
        {
            foreach (Entry entry in _queues[queue].ToArray())
                _queues[queue].AddLast(new Entry(_nextPlace++, entry.Body));
        }
    }

    /// <summary>Puts anything into a queue.</summary>
    public void PublishRaw(string queue, byte[] body)
    {
        lock (_lock)
            _queues[queue].AddLast(new Entry(_nextPlace++, body));
    }

    /// <summary>Loses a client's connection: what it took goes to others. It is connected again at once, unless it is held off.</summary>
    internal void Cut(MemoryBroker client)
    {
        CancellationTokenSource lost;
        lock (_lock)
        {
            foreach (MemoryDelivery delivery in client.Unacknowledged.OrderByDescending(d => d.Entry.Place))
                Return(delivery);
            client.Unacknowledged.Clear();
            lost = client.Renew();
        }

        lost.Cancel();
    }

    internal void Leave(MemoryBroker client)
    {
        Cut(client);
        lock (_lock)
            _clients.Remove(client);
    }

    internal bool IsReachable(MemoryBroker client)
    {
        lock (_lock)
            return !_isAway && !client.IsHeldOff && _clients.Contains(client);
    }

    internal void Declare(MemoryBroker client, string queue)
    {
        lock (_lock)
        {
            Reach(client);
            _queues.TryAdd(queue, new LinkedList<Entry>());
        }
    }

    internal void Delete(MemoryBroker client, string queue)
    {
        CancellationTokenSource[] lost;
        lock (_lock)
        {
            Reach(client);
            if (!_queues.Remove(queue))
                return;
            MemoryDelivery[] gone = [.. _clients.SelectMany(c => c.Unacknowledged).Where(d => d.Queue == queue)];
            foreach (MemoryDelivery delivery in gone)
                delivery.Client.Unacknowledged.Remove(delivery);
            lost = [.. gone.Where(d => d.Client == client).Select(d => d.LostSource)];
        }

        foreach (CancellationTokenSource one in lost)
            one.Cancel();
    }

    internal void Publish(MemoryBroker client, string queue, GrainMessage message)
    {
        lock (_lock)
        {
            Reach(client);
            if (!_queues.TryGetValue(queue, out LinkedList<Entry>? entries))
                throw new BrokerFailedException($"The broker in memory has no queue {queue}.");
            entries.AddLast(new Entry(_nextPlace++, message.ToJson()));
        }
    }

    internal IWorkDelivery? TryTake(MemoryBroker client, string queue)
    {
        lock (_lock)
        {
            Reach(client);
            if (!_queues.TryGetValue(queue, out LinkedList<Entry>? entries) || entries.First is not { } first)
                return null;
            entries.RemoveFirst();
            Entry entry = first.Value;
            try
            {
                var delivery = new MemoryDelivery(this, client, queue, entry, GrainMessage.Parse(entry.Body), entry.Deliveries++ > 0);
                client.Unacknowledged.Add(delivery);
                return delivery;
            }
            catch (BadInputException)
            {
                _dead.Add(entry.Body);
                return null;
            }
        }
    }

    internal long? Waiting(MemoryBroker client, string queue)
    {
        lock (_lock)
        {
            Reach(client);
            return _queues.TryGetValue(queue, out LinkedList<Entry>? entries) ? entries.Count : null;
        }
    }

    internal void Acknowledge(MemoryDelivery delivery)
    {
        lock (_lock)
            delivery.Client.Unacknowledged.Remove(delivery);
    }

    internal void Tell(MemoryBroker client, ClusterEvent happened)
    {
        if (IsReachable(client))
            _events.Writer.TryWrite(happened);
    }

    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        await _telling;
    }

    private MemoryBroker[] Clients()
    {
        lock (_lock)
            return [.. _clients];
    }

    private void Reach(MemoryBroker client)
    {
        if (_isAway || client.IsHeldOff)
            throw new BrokerFailedException("The broker in memory is away; it is tried again.");
        ObjectDisposedException.ThrowIf(!_clients.Contains(client), client);
    }

    // What comes back goes before all that waits, in its old order.
    private void Return(MemoryDelivery delivery)
    {
        if (!_queues.TryGetValue(delivery.Queue, out LinkedList<Entry>? entries))
            return;
        if (delivery.Entry.Deliveries > MostDeliveries)
            _dead.Add(delivery.Entry.Body);
        else
            entries.AddFirst(delivery.Entry);
    }

    private async Task TellAsync()
    {
        await foreach (ClusterEvent happened in _events.Reader.ReadAllAsync())
        {
            // As it would arrive over a wire.
            ClusterEvent arrived = ClusterEvent.Parse(happened.ToJson())!;
            foreach (MemoryBroker client in Clients().Where(IsReachable))
                client.Hear(arrived);
        }
    }

    internal sealed class Entry(long place, byte[] body)
    {
        public long Place { get; } = place;

        public byte[] Body { get; } = body;

        public int Deliveries { get; set; }
    }
}
