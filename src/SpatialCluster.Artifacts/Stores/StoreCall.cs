namespace SpatialCluster.Artifacts.Stores;

/// <summary>A call of a store that has ended.</summary>
/// <param name="Operation">What was asked for.</param>
/// <param name="Done">False where it threw; finding nothing, or another state, is an answer.</param>
/// <param name="Duration">How long it took.</param>
public readonly record struct StoreCall(StoreOperation Operation, bool Done, TimeSpan Duration);
