using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RabbitMQ.Client;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

/// <summary>How the real broker is reached, and what is said where it is not.</summary>
[Collection(RabbitCollection.Name)]
public sealed class RabbitConnectionTests(RabbitFixture fixture) : IAsyncLifetime
{
    private readonly RabbitServer _server = fixture.Server;
    private const string Queue = "spatialcluster.tests.connection";

    private readonly ConcurrentQueue<string> _log = [];
    private readonly List<RabbitBroker> _brokers = [];

    public Task InitializeAsync() => fixture.RequireAsync();

    public async Task DisposeAsync()
    {
        foreach (RabbitBroker broker in _brokers)
            await broker.DisposeAsync();
        foreach (string line in _log)
            line.ShouldNotContain(RabbitServer.Password);
    }

    [SkippableFact]
    public async Task ConnectAsync_TlsWithItsAuthority_Works()
    {
        RabbitBroker broker = Open(Options(_server.TlsUrl, _server.AuthorityFile).WithClientCertificate(_server.ClientCertificateFile, _server.ClientKeyFile));

        await broker.ConnectAsync(default);

        await broker.DeclareAsync(Queue, default);
        broker.Location.ShouldBe(_server.TlsUrl);
        (await _server.ControlAsync("list_connections", "ssl", "peer_cert_subject")).ShouldContain("a silo");
    }

    [SkippableFact]
    public async Task ConnectAsync_CertificateOfAStranger_IsRefused()
    {
        string message = await RefusalAsync(Options(_server.TlsUrl, _server.StrangeAuthorityFile));

        message.ShouldContain("nobody in the CA file vouches for");
    }

    [SkippableFact]
    public async Task ConnectAsync_CertificateUnknownToTheSystem_IsRefused()
    {
        string message = await RefusalAsync(Options(_server.TlsUrl));

        message.ShouldContain("--broker-ca");
    }

    [SkippableFact]
    public async Task ConnectAsync_CertificateOfAnotherName_IsRefused()
    {
        string message = await RefusalAsync(Options($"amqps://127.0.0.1:{_server.TlsPort}", _server.AuthorityFile));

        message.ShouldContain("not for the name '127.0.0.1'");
    }

    [SkippableFact]
    public async Task ConnectAsync_TlsAtThePlainPort_IsRefused()
    {
        string message = await RefusalAsync(Options($"amqps://localhost:{_server.Port}", _server.AuthorityFile));

        message.ShouldContain("TLS");
    }

    [SkippableFact]
    public async Task ConnectAsync_WrongPassword_IsToldAndEveryCallSaysSo()
    {
        RabbitBroker broker = Open(BrokerOptions.Parse(_server.Url, new BrokerCredentials(RabbitServer.User, "secret-but-wrong"), null, false));

        BadInputException refusal = await Should.ThrowAsync<BadInputException>(() => broker.ConnectAsync(default));

        refusal.Message.ShouldContain("refuses the user or the password");
        refusal.ToString().ShouldNotContain("secret-but-wrong");
        (await Should.ThrowAsync<BadInputException>(() => broker.TryTakeAsync(Queue, default))).Message.ShouldBe(refusal.Message);
        _log.ShouldContain(refusal.Message);
        broker.IsConnected.ShouldBeFalse();
    }

    [SkippableFact]
    public async Task ConnectAsync_NoSuchVirtualHost_IsRefused()
    {
        string message = await RefusalAsync(Options($"{_server.Url}/nowhere"));

        message.ShouldContain("no virtual host 'nowhere'");
    }

    [SkippableFact]
    public async Task ConnectAsync_NoRightsInTheVirtualHost_IsRefused()
    {
        string message = await RefusalAsync(BrokerOptions.Parse($"{_server.Url}/other%2Fplace", new BrokerCredentials(RabbitServer.Stranger, RabbitServer.Password), null, true));

        message.ShouldContain("does not let this user into the virtual host 'other/place'");
    }

    [SkippableFact]
    public async Task DeclareAsync_OtherVirtualHost_Works()
    {
        RabbitBroker broker = Open(Options($"{_server.Url}/other%2Fplace"));

        await broker.DeclareAsync(Queue, default);

        (await broker.WaitingAsync(Queue, default)).ShouldBe(0);
    }

    [SkippableFact]
    public async Task DeclareAsync_NoRights_SaysWhichAreWanted()
    {
        RabbitBroker broker = Open(BrokerOptions.Parse(_server.Url, new BrokerCredentials(RabbitServer.Stranger, RabbitServer.Password), null, true));

        BrokerFailedException refusal = await Should.ThrowAsync<BrokerFailedException>(() => broker.DeclareAsync(Queue, default));

        refusal.Message.ShouldContain("set_permissions");
        (await Should.ThrowAsync<BrokerFailedException>(() => broker.TryTakeAsync(Queue, default))).Message.ShouldContain(Queue);
        (await Should.ThrowAsync<BrokerFailedException>(() => broker.PublishAsync(Queue, Message(), default))).Message.ShouldContain("set_permissions");
        broker.IsConnected.ShouldBeTrue();
    }

    [SkippableFact]
    public async Task DeclareAsync_OtherQueueOfThatName_SaysSo()
    {
        await using IConnection connection = await RawAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync("spatialcluster.tests.classic", durable: true, exclusive: false, autoDelete: false);
        RabbitBroker broker = Open(Options(_server.Url));

        BrokerFailedException refusal = await Should.ThrowAsync<BrokerFailedException>(() => broker.DeclareAsync("spatialcluster.tests.classic", default));

        refusal.Message.ShouldContain("delete it");
        await broker.DeleteAsync("spatialcluster.tests.classic", default);
        await broker.DeclareAsync("spatialcluster.tests.classic", default);
    }

    [SkippableFact]
    public async Task ConnectAsync_BrokerIsAway_FailsAndConnectsWhenItComes()
    {
        await using var proxy = new TcpProxy(_server.Port);
        proxy.GoAway();
        RabbitBroker broker = Open(Options($"amqp://127.0.0.1:{proxy.Port}"));

        (await Should.ThrowAsync<BrokerFailedException>(() => broker.ConnectAsync(default))).Kind.ShouldBe(FailureKind.Transient);
        await Should.ThrowAsync<BrokerFailedException>(() => broker.DeclareAsync(Queue, default));
        proxy.ComeBack();

        await UntilAsync(() => broker.IsConnected);
        await broker.DeclareAsync(Queue, default);
    }

    [SkippableFact]
    public async Task ConnectAsync_NothingListens_NamesTheBroker()
    {
        RabbitBroker broker = Open(Options($"amqp://localhost:{RabbitServer.FreePorts(1)[0]}"));

        BrokerFailedException failure = await Should.ThrowAsync<BrokerFailedException>(() => broker.ConnectAsync(default));

        failure.Message.ShouldContain(broker.Location);
        failure.Message.ShouldContain("nothing listens");
    }

    [SkippableFact]
    public async Task ConnectAsync_NoSuchHost_NamesIt()
    {
        RabbitBroker broker = Open(Options("amqp://no-such-host.invalid"));

        (await Should.ThrowAsync<BrokerFailedException>(() => broker.ConnectAsync(default))).Message.ShouldContain("'no-such-host.invalid'");
    }

    [SkippableFact]
    public async Task Lost_NothingArrivesAnyMore_IsCancelledByTheHeartbeatAndCounted()
    {
        using var meter = new MeterListener();
        int losses = 0;
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "spatialcluster.broker.losses" && instrument.Meter.Name == ClusterTelemetry.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref losses, (int)count));
        meter.Start();
        await using var proxy = new TcpProxy(_server.Port);
        RabbitBroker broker = Open(Options($"amqp://127.0.0.1:{proxy.Port}", heartbeat: 2)), other = Open(Options(_server.Url));
        string queue = Queue + ".held";
        await broker.DeclareAsync(queue, default);
        await broker.PublishAsync(queue, Message(), default);
        IWorkDelivery delivery = (await broker.TryTakeAsync(queue, default)).ShouldNotBeNull();

        proxy.Hold();

        await UntilAsync(() => delivery.Lost.IsCancellationRequested);
        IWorkDelivery? again = null;
        await UntilAsync(() => (again = other.TryTakeAsync(queue, default).GetAwaiter().GetResult()) is not null);
        again!.Redelivered.ShouldBeTrue();
        await again.AcknowledgeAsync();
        proxy.Release();
        await delivery.AcknowledgeAsync();
        await UntilAsync(() => broker.IsConnected);
        losses.ShouldBeGreaterThan(0);
        _log.ShouldContain(line => line.Contains("was lost"));
    }

    [SkippableFact]
    public async Task TryTakeAsync_GivenOutWithoutEnd_EndsWithTheDead()
    {
        RabbitBroker broker = Open(Options(_server.Url));
        string queue = Queue + ".poison";
        await broker.DeclareAsync(queue, default);
        await broker.PublishAsync(queue, Message(), default);
        await using IConnection connection = await RawAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        uint dead = (await channel.QueueDeclarePassiveAsync(QueueNames.Dead)).MessageCount;

        int deliveries = 0;
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await channel.QueueDeclarePassiveAsync(QueueNames.Dead)).MessageCount == dead)
        {
            late.IsCancellationRequested.ShouldBeFalse();
            if (await channel.BasicGetAsync(queue, autoAck: false) is not { } got)
                continue;
            deliveries++;
            await channel.BasicNackAsync(got.DeliveryTag, multiple: false, requeue: true);
        }

        deliveries.ShouldBeInRange(100, 102);
        (await broker.WaitingAsync(queue, default)).ShouldBe(0);
    }

    private RabbitBroker Open(BrokerOptions options)
    {
        var broker = new RabbitBroker(options, "tests", _log.Enqueue);
        _brokers.Add(broker);
        return broker;
    }

    private async Task<string> RefusalAsync(BrokerOptions options)
    {
        RabbitBroker broker = Open(options);
        BadInputException refusal = await Should.ThrowAsync<BadInputException>(() => broker.ConnectAsync(default));
        refusal.Message.ShouldContain(broker.Location);
        return refusal.Message;
    }

    private static BrokerOptions Options(string url, string? authorities = null, int heartbeat = 10)
    {
        BrokerOptions options = BrokerOptions.Parse(url, new BrokerCredentials(RabbitServer.User, RabbitServer.Password), authorities, fromCommandLine: true);
        return options.WithHeartbeat(TimeSpan.FromSeconds(heartbeat));
    }

    private static GrainMessage Message() => GrainMessage.For("sums-0", new GrainKey("sum", CanonicalJson.Digest(1)));

    private Task<IConnection> RawAsync() => new ConnectionFactory { HostName = "127.0.0.1", Port = _server.Port, UserName = RabbitServer.User, Password = RabbitServer.Password }.CreateConnectionAsync();

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!isSo())
        {
            late.IsCancellationRequested.ShouldBeFalse("it did not come about");
            await Task.Delay(10);
        }
    }
}
