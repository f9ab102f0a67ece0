namespace SpatialCluster.Analysis.Clustering;

/// <summary>Clusters around centres.</summary>
/// <param name="Labels">The cluster of each spot, 0 …, numbered by falling size; equal sizes by smallest spot.</param>
/// <param name="Centres">Clusters × features, in the order of the labels. Where there are fewer distinct spots than clusters, the last ones are empty and repeat others.</param>
/// <param name="Inertia">The sum of squared distances of the spots to their centres.</param>
/// <param name="Iterations">Of the start that was kept.</param>
public sealed record KMeansResult(int[] Labels, double[,] Centres, double Inertia, int Iterations);
