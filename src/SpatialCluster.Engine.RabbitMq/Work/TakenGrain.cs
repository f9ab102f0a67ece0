using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>A grain whose message was taken.</summary>
/// <param name="View">The campaign.</param>
/// <param name="Grain">The grain.</param>
/// <param name="Delivery">The message.</param>
internal sealed record TakenGrain(CampaignView View, PlannedGrain Grain, IWorkDelivery Delivery)
{
    /// <summary>Whether it is to run beside nothing: several processes died with it, and should this one die, it is to be known of what.</summary>
    public bool Alone { get; init; }
}
