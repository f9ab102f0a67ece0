namespace SpatialCluster.Analysis.Clustering;

/// <summary>A Ward clustering of all spots or of a sample.</summary>
/// <param name="Spots">The spots that were clustered, rising.</param>
/// <param name="Labels">The cluster of each of them, 0 … clusters−1, numbered by falling size; equal sizes by smallest spot.</param>
public sealed record WardResult(int[] Spots, int[] Labels);
