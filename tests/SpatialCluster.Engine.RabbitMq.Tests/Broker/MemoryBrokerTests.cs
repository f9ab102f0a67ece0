using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes asynchronously.")]
public sealed class MemoryBrokerTests : BrokerContract
{
    private readonly MemoryBrokerServer _server = new();

    [Fact]
    public async Task Duplicate_WaitingMessage_IsGivenTwiceAndNotAsRedelivered()
    {
        IWorkBroker broker = await ConnectAsync();
        await broker.DeclareAsync(Queue, default);
        await PublishAsync(broker, 1);

        _server.Duplicate(Queue);

        IWorkDelivery first = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull(), second = (await broker.TryTakeAsync(Queue, default)).ShouldNotBeNull();
        second.Message.ShouldBe(first.Message);
        second.Redelivered.ShouldBeFalse();
    }

    [Fact]
    public async Task HoldOff_UntilRejoin_EveryCallFails()
    {
        var broker = (MemoryBroker)await ConnectAsync();

        broker.HoldOff();
        broker.IsConnected.ShouldBeFalse();
        await Should.ThrowAsync<BrokerFailedException>(() => broker.DeclareAsync(Queue, default));
        broker.Rejoin();

        await broker.DeclareAsync(Queue, default);
    }

    public override Task InitializeAsync() => Task.CompletedTask;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    protected override IWorkBroker Connect() => _server.Connect();

    protected override Task CutAsync(IWorkBroker broker)
    {
        ((MemoryBroker)broker).Cut();
        return Task.CompletedTask;
    }

    protected override Task PublishRawAsync(string queue, byte[] body)
    {
        _server.PublishRaw(queue, body);
        return Task.CompletedTask;
    }

    protected override Task<long> DeadAsync() => Task.FromResult((long)_server.Dead.Count);

    protected override Task StopServerAsync(bool gracefully)
    {
        _server.GoAway();
        return Task.CompletedTask;
    }

    protected override Task StartServerAsync()
    {
        _server.ComeBack();
        return Task.CompletedTask;
    }
}
