using System.Collections.Concurrent;
using System.Text;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

/// <summary>What every broker must do for the engine.</summary>
public abstract class BrokerContract : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly List<IWorkBroker> _brokers = [];

    protected string Queue { get; } = QueueNames.For("tests", Guid.NewGuid().ToString("n"), Campaigns.Planning.Lane.Cpu, "sum.1");

    [SkippableFact]
    public async Task PublishAsync_SeveralMessages_AreTakenInOrder()
    {
        IWorkBroker broker = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        GrainMessage[] messages = await PublishAsync(broker, 20);

        foreach (GrainMessage message in messages)
        {
            IWorkDelivery delivery = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();
            delivery.Message.ShouldBe(message);
            delivery.Redelivered.ShouldBeFalse();
            await delivery.AcknowledgeAsync();
        }

        (await broker.TryTakeAsync(Queue, default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task PublishAsync_ManyAtOnce_AllAreConfirmedAndThere()
    {
        IWorkBroker broker = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);

        GrainMessage[] messages = [.. Enumerable.Range(0, 2000).Select(Message)];
        await Task.WhenAll(messages.Select(m => broker.PublishAsync(Queue, m, default)));

        await EventuallyAsync(async () => await broker.WaitingAsync(Queue, default) == messages.Length);
    }

    [SkippableFact]
    public async Task PublishAsync_NoSuchQueue_Fails()
    {
        IWorkBroker broker = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);

        BrokerFailedException failure = await Should.ThrowAsync<BrokerFailedException>(() => broker.PublishAsync(Queue + ".no", Message(1), default));

        failure.Message.ShouldContain(Queue + ".no");
        await broker.PublishAsync(Queue, Message(2), default);
    }

    [SkippableFact]
    public async Task TryTakeAsync_AnotherQueueIsMissing_DeliveriesStay()
    {
        IWorkBroker broker = await ConnectAsync(), other = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        await PublishAsync(broker, 1);
        IWorkDelivery delivery = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();

        (await broker.TryTakeAsync(Queue + ".no", default)).ShouldBeNull();
        (await broker.WaitingAsync(Queue + ".no", default)).ShouldBeNull();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await broker.TryTakeAsync(Queue + ".no", default)).ShouldBeNull()));

        delivery.Lost.IsCancellationRequested.ShouldBeFalse();
        (await other.TryTakeAsync(Queue, default)).ShouldBeNull();
        await delivery.AcknowledgeAsync();
        await broker.DisposeAsync();
        (await other.TryTakeAsync(Queue, default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task TryTakeAsync_QueueIsMadeLater_GivesItsMessages()
    {
        IWorkBroker broker = await ConnectAsync();
        (await broker.TryTakeAsync(Queue, default)).ShouldBeNull();

        await broker.DeclareAsync(Queue, default);
        await PublishAsync(broker, 1);

        (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task TryTakeAsync_Cancelled_NoMessageIsKeptBack()
    {
        IWorkBroker broker = await ConnectAsync(), other = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        await PublishAsync(broker, 1);
        using var stop = new CancellationTokenSource();

        Task<IWorkDelivery?> taking = broker.TryTakeAsync(Queue, stop.Token);
        await stop.CancelAsync();
        try
        {
            if (await taking is { } delivery)
                await delivery.AcknowledgeAsync();
            return;
        }
        catch (OperationCanceledException)
        {
            // It came too late, or in time; either way the message must be had.
        }

        await EventuallyAsync(async () => await other.TryTakeAsync(Queue, default) is not null);
    }

    [SkippableFact]
    public async Task DeclareAsync_TwiceAndAtOnce_IsNoError()
    {
        IWorkBroker broker = await ConnectAsync(), other = await ConnectAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? broker : other).DeclareAsync(Queue, default)));
        await broker.DeclareAsync(Queue, default);

        (await other.WaitingAsync(Queue, default)).ShouldBe(0);
    }

    [SkippableFact]
    public async Task DeleteAsync_WithMessages_QueueIsGone()
    {
        IWorkBroker broker = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        await PublishAsync(broker, 3);
        IWorkDelivery delivery = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();

        await broker.DeleteAsync(Queue, default);
        await broker.DeleteAsync(Queue, default);

        (await broker.WaitingAsync(Queue, default)).ShouldBeNull();
        (await broker.TryTakeAsync(Queue, default)).ShouldBeNull();
        await EventuallyAsync(() => Task.FromResult(delivery.Lost.IsCancellationRequested));
        await delivery.AcknowledgeAsync();
        await broker.DeclareAsync(Queue, default);
        (await broker.WaitingAsync(Queue, default)).ShouldBe(0);
    }

    [SkippableFact]
    public async Task WaitingAsync_SomeAreTaken_CountsTheOthers()
    {
        IWorkBroker broker = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        await PublishAsync(broker, 5);

        IWorkDelivery delivery = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();
        await EventuallyAsync(async () => await broker.WaitingAsync(Queue, default) == 4);
        await delivery.AcknowledgeAsync();
        await delivery.AcknowledgeAsync();

        (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();
        await EventuallyAsync(async () => await broker.WaitingAsync(Queue, default) == 3);
    }

    [SkippableFact]
    public async Task Lost_ConnectionIsCut_AnotherTakesItAsRedelivered()
    {
        IWorkBroker broker = await ConnectAsync(), other = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        GrainMessage[] messages = await PublishAsync(broker, 3);
        IWorkDelivery first = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();
        IWorkDelivery second = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();
        await first.AcknowledgeAsync();
        // The acknowledgement has no answer; what is asked after it on the same channel has.
        IWorkDelivery third = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();

        await CutAsync(broker);
        await EventuallyAsync(() => Task.FromResult(second.Lost.IsCancellationRequested && third.Lost.IsCancellationRequested));
        await second.AcknowledgeAsync();
        var again = new List<IWorkDelivery>();
        await EventuallyAsync(async () =>
        {
            if (await other.TryTakeAsync(Queue, default) is { } delivery)
                again.Add(delivery);
            return again.Count == 2;
        });

        again.Select(d => d.Message).ShouldBe([messages[1], messages[2]], ignoreOrder: true);
        again.ShouldAllBe(d => d.Redelivered && !d.Lost.IsCancellationRequested);
        (await other.TryTakeAsync(Queue, default)).ShouldBeNull();
        await EventuallyAsync(() => Task.FromResult(broker.IsConnected));
        await PersistAsync(() => broker.PublishAsync(Queue, Message(9), default));
    }

    [SkippableFact]
    public async Task DisposeAsync_MessagesAreTaken_OthersGetThem()
    {
        IWorkBroker broker = await ConnectAsync(), other = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        await PublishAsync(broker, 1);
        (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();

        await broker.DisposeAsync();
        await broker.DisposeAsync();

        IWorkDelivery? again = null;
        await EventuallyAsync(async () => (again = await other.TryTakeAsync(Queue, default)) is not null);
        again!.Redelivered.ShouldBeTrue();
    }

    [SkippableFact]
    public async Task TryTakeAsync_ManyTakersAtOnce_EachMessageIsGivenOnce()
    {
        const int Count = 400;
        IWorkBroker[] brokers = [await ConnectAsync(), await ConnectAsync(), await ConnectAsync()];
        await brokers[0].DeclareAsync(Queue, default);
        GrainMessage[] messages = [.. Enumerable.Range(0, Count).Select(Message)];
        var taken = new ConcurrentBag<IWorkDelivery>();

        Task publishing = Task.WhenAll(messages.Select((m, i) => brokers[i % brokers.Length].PublishAsync(Queue, m, default)));
        await Task.WhenAll(brokers.SelectMany(b => Enumerable.Repeat(b, 4)).Select(async broker =>
        {
            while (taken.Count < Count)
            {
                if (await broker.TryTakeAsync(Queue, default) is not { } delivery)
                {
                    await Task.Yield();
                    continue;
                }

                taken.Add(delivery);
                // Every other one stays unacknowledged while the rest is taken.
                if (delivery.Message.Ticket[^1] % 2 == 0)
                    await delivery.AcknowledgeAsync();
            }
        })).WaitAsync(s_patience);
        await publishing;

        taken.Select(d => d.Message.Ticket).ShouldBe(messages.Select(m => m.Ticket), ignoreOrder: true);
        taken.ShouldAllBe(d => !d.Redelivered);
        await Task.WhenAll(taken.Select(d => d.AcknowledgeAsync()));
        (await brokers[0].TryTakeAsync(Queue, default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task TryTakeAsync_NoMessageOfOurs_IsSetAsideAndTheNextIsTaken()
    {
        IWorkBroker broker = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        long dead = await DeadAsync();
        byte[][] bombs =
        [
            [], [0xff, 0xfe, 0], Encoding.UTF8.GetBytes("not JSON"), Encoding.UTF8.GetBytes(new string('[', 2000)), new byte[3 << 20],
            Encoding.UTF8.GetBytes("""{"version":2}"""), Encoding.UTF8.GetBytes("""{"$type":"System.Diagnostics.Process, System","version":1}"""),
        ];
        foreach (byte[] bomb in bombs)
            await PublishRawAsync(Queue, bomb);
        GrainMessage[] messages = await PublishAsync(broker, 1);

        // They hold up nobody: the first that is ours comes with the first asking, or soon.
        IWorkDelivery? delivery = null;
        await EventuallyAsync(async () => (delivery = await broker.TryTakeAsync(Queue, default)) is not null);

        delivery!.Message.ShouldBe(messages[0]);
        await delivery.AcknowledgeAsync();
        await EventuallyAsync(async () => await DeadAsync() == dead + bombs.Length);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Broker_Restarts_MessagesSurviveAndDeliveriesComeAgain(bool gracefully)
    {
        IWorkBroker broker = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        GrainMessage[] messages = await PublishAsync(broker, 3);
        IWorkDelivery done = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull(), open = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();
        await done.AcknowledgeAsync();
        await EventuallyAsync(async () => await broker.WaitingAsync(Queue, default) == 1);
        var heard = new ConcurrentQueue<ClusterEvent>();
        using IDisposable listening = broker.Listen(heard.Enqueue);

        await StopServerAsync(gracefully);
        await EventuallyAsync(() => Task.FromResult(open.Lost.IsCancellationRequested && !broker.IsConnected));
        await Should.ThrowAsync<BrokerFailedException>(() => broker.TryTakeAsync(Queue, default));
        await Should.ThrowAsync<BrokerFailedException>(() => broker.PublishAsync(Queue, Message(7), default));
        await Should.ThrowAsync<BrokerFailedException>(() => broker.WaitingAsync(Queue, default));
        broker.Tell(new ClusterEvent(ClusterEventKind.Work, "nobody-hears", ""));
        await open.AcknowledgeAsync();
        await StartServerAsync();

        var again = new List<IWorkDelivery>();
        await EventuallyAsync(async () =>
        {
            if (await broker.TryTakeAsync(Queue, default) is { } delivery)
                again.Add(delivery);
            return again.Count == 2;
        });
        again.Select(d => d.Message).ShouldBe([messages[1], messages[2]], ignoreOrder: true);
        again.Single(d => d.Message == messages[1]).Redelivered.ShouldBeTrue();
        again.Single(d => d.Message == messages[2]).Redelivered.ShouldBeFalse();
        await Task.WhenAll(again.Select(d => d.AcknowledgeAsync()));
        await EventuallyAsync(() =>
        {
            broker.Tell(new ClusterEvent(ClusterEventKind.Work, "after", ""));
            return Task.FromResult(heard.Any(e => e.Campaign == "after"));
        });
        heard.ShouldNotContain(e => e.Campaign == "nobody-hears");
    }

    [SkippableFact]
    public async Task Listen_SomebodyTells_AllWhoListenHear()
    {
        IWorkBroker broker = await ConnectAsync(), other = await ConnectAsync();
        var here = new ConcurrentQueue<ClusterEvent>();
        var there = new ConcurrentQueue<ClusterEvent>();
        var ended = new ConcurrentQueue<ClusterEvent>();
        using IDisposable first = broker.Listen(here.Enqueue), second = other.Listen(there.Enqueue);
        IDisposable third = other.Listen(ended.Enqueue);
        int told = 0;
        await EventuallyAsync(() =>
        {
            broker.Tell(new ClusterEvent(ClusterEventKind.Work, $"{told++}", "a") { Text = "x" });
            return Task.FromResult(!here.IsEmpty && !there.IsEmpty && !ended.IsEmpty);
        });

        third.Dispose();
        int before = ended.Count;
        other.Tell(new ClusterEvent(ClusterEventKind.CampaignEnded, "last", "b"));

        await EventuallyAsync(() => Task.FromResult(here.Any(e => e.Campaign == "last") && there.Any(e => e.Campaign == "last")));
        ended.ShouldNotContain(e => e.Campaign == "last");
        here.First(e => e.Kind == ClusterEventKind.Work).ShouldBe(new ClusterEvent(ClusterEventKind.Work, here.First().Campaign, "a") { Text = "x" });
        here.Where(e => e.Kind == ClusterEventKind.Work).Select(e => int.Parse(e.Campaign)).ShouldBeInOrder();
        before.ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public async Task Listen_ConnectionIsCut_HearsAgain()
    {
        IWorkBroker broker = await ConnectAsync(), other = await ConnectAsync();
        var heard = new ConcurrentQueue<ClusterEvent>();
        using IDisposable listening = broker.Listen(heard.Enqueue);

        for (int round = 0; round < 2; round++)
        {
            string name = $"round-{round}";
            await EventuallyAsync(() =>
            {
                other.Tell(new ClusterEvent(ClusterEventKind.Work, name, ""));
                return Task.FromResult(heard.Any(e => e.Campaign == name));
            });
            await CutAsync(broker);
        }
    }

    public abstract Task InitializeAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (IWorkBroker broker in _brokers)
            await broker.DisposeAsync();
    }

    protected abstract IWorkBroker Connect();

    /// <summary>Breaks the connection of a client without a farewell; it may come back at once.</summary>
    protected abstract Task CutAsync(IWorkBroker broker);

    protected abstract Task PublishRawAsync(string queue, byte[] body);

    protected abstract Task<long> DeadAsync();

    protected abstract Task StopServerAsync(bool gracefully);

    protected abstract Task StartServerAsync();

    protected async Task<IWorkBroker> ConnectAsync()
    {
        IWorkBroker broker = Connect();
        _brokers.Add(broker);
        await EventuallyAsync(() => Task.FromResult(broker.IsConnected));
        return broker;
    }

    protected static GrainMessage Message(int number) => GrainMessage.For("sums-0", new GrainKey("sum", CanonicalJson.Digest(number)));

    protected async Task<GrainMessage[]> PublishAsync(IWorkBroker broker, int count)
    {
        GrainMessage[] messages = [.. Enumerable.Range(0, count).Select(Message)];
        foreach (GrainMessage message in messages)
            await broker.PublishAsync(Queue, message, default);
        return messages;
    }

    /// <summary>Asks until it is so. A broker that is away meanwhile is asked again.</summary>
    protected static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var late = new CancellationTokenSource(s_patience);
        while (true)
        {
            try
            {
                if (await isSo())
                    return;
            }
            catch (BrokerFailedException) when (!late.IsCancellationRequested)
            {
                // It comes back.
            }

            late.IsCancellationRequested.ShouldBeFalse("it did not come about");
            await Task.Delay(10);
        }
    }

    protected static Task PersistAsync(Func<Task> action) => EventuallyAsync(async () =>
    {
        await action();
        return true;
    });
}
