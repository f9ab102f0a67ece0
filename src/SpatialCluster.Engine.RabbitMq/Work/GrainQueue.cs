using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>A queue of a campaign.</summary>
/// <param name="Name">As the broker knows it.</param>
/// <param name="Lane">The lane of its grains.</param>
/// <param name="Code">The code that makes them.</param>
internal sealed record GrainQueue(string Name, Lane Lane, string Code);
