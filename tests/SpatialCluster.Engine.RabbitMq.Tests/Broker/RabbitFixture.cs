using SpatialCluster.Tests.Servers;

namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

/// <summary>A server for the tests of a collection.</summary>
public sealed class RabbitFixture : IAsyncLifetime
{
    public RabbitServer Server { get; } = new();

    public Task InitializeAsync() => RabbitServer.Missing is null ? Server.InitializeAsync() : Task.CompletedTask;

    public Task DisposeAsync() => Server.DisposeAsync().AsTask();

    /// <summary>Skips the test where there is no server; else it runs when this has ended.</summary>
    public Task RequireAsync()
    {
        Skip.If(RabbitServer.Missing is not null, RabbitServer.Missing);
        return Server.StartAsync();
    }
}
