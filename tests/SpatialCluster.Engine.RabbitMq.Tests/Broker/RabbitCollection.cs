namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

/// <summary>One server for all tests that want one; they run one after another, since some of them stop it.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitCollection : ICollectionFixture<RabbitFixture>
{
    public const string Name = "RabbitMQ";
}
