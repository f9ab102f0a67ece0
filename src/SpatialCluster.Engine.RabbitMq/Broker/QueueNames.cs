using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>What queues are called.</summary>
public static class QueueNames
{
    /// <summary>The queue of a campaign's grains for one lane and one version of code.</summary>
    public static string For(string scope, string campaign, Lane lane, string code) => $"spatialcluster.{scope}.{campaign}.{lane.ToString().ToLowerInvariant()}.{code}";
}
