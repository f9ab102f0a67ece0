
namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>A message that is kept, unacknowledged, without a device: its grain is another's for now, or is too large for this silo.</summary>
/// <param name="Taken">The grain and its message.</param>
/// <param name="Since">Since when, as a timestamp of the clock.</param>
/// <param name="TooLarge">Whether it goes back to its queue for a larger silo, rather than waiting for its owner.</param>
internal sealed record SetAside(TakenGrain Taken, long Since, bool TooLarge);
