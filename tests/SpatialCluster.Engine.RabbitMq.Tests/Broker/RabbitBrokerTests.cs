using System.Globalization;
using RabbitMQ.Client;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

[Collection(RabbitCollection.Name)]
public sealed class RabbitBrokerTests(RabbitFixture fixture) : BrokerContract
{
    private readonly RabbitServer _server = fixture.Server;
    private readonly Dictionary<IWorkBroker, TcpProxy> _proxies = [];

    public override Task InitializeAsync() => fixture.RequireAsync();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (TcpProxy proxy in _proxies.Values)
            await proxy.DisposeAsync();
    }

    // A proxy each, so that the connection of one can be broken.
    protected override IWorkBroker Connect()
    {
        var proxy = new TcpProxy(_server.Port);
        var broker = new RabbitBroker(BrokerOptions.Parse($"amqp://127.0.0.1:{proxy.Port}", new BrokerCredentials(RabbitServer.User, RabbitServer.Password), null, fromCommandLine: true), "tests");
        _proxies[broker] = proxy;
        return broker;
    }

    protected override Task CutAsync(IWorkBroker broker)
    {
        _proxies[broker].Cut();
        return Task.CompletedTask;
    }

    protected override async Task PublishRawAsync(string queue, byte[] body)
    {
        await using IConnection connection = await RawAsync();
        await using IChannel channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync("", queue, mandatory: true, body);
    }

    protected override async Task<long> DeadAsync()
    {
        await using IConnection connection = await RawAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(QueueNames.Dead)).MessageCount;
    }

    protected override async Task StopServerAsync(bool gracefully)
    {
        // The server notes new queues on disk a little after it has confirmed them; one that is killed before that does not find
        // them again. That is its fault, and not what is tested here.
        if (!gracefully)
            await Task.Delay(TimeSpan.FromSeconds(3));
        await _server.StopAsync(gracefully);
    }

    protected override Task StartServerAsync() => _server.StartAsync();

    private Task<IConnection> RawAsync() => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = _server.Port,
        UserName = RabbitServer.User,
        Password = RabbitServer.Password,
    }.CreateConnectionAsync(string.Create(CultureInfo.InvariantCulture, $"test {Environment.ProcessId}"));
}
