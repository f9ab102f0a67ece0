namespace SpatialCluster.Analysis.Communities;

/// <summary>The communities of a graph.</summary>
/// <param name="Labels">The community of each node, 0 … Communities−1, numbered by falling size; equal sizes by smallest member.</param>
/// <param name="Communities">How many communities there are.</param>
/// <param name="Quality">The modularity at the resolution asked for, as <see cref="Modularity"/> defines it.</param>
public sealed record LeidenResult(int[] Labels, int Communities, double Quality);
