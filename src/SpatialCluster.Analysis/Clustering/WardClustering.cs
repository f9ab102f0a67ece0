using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>
/// Hierarchical clustering by Ward's criterion (JASA 58:236, 1963), the start that mixtures get in mclust
/// (<c>hc(modelName = "EII")</c>): merged are the two clusters whose union adds least to the sum of squares.
/// </summary>
/// <remarks>
/// The chain of nearest neighbours (Murtagh, The Computer Journal 26:354, 1983) works on centroids, in memory linear and time
/// quadratic in spots. Beyond a few thousand spots a uniform sample stands for all, as users of mclust do with
/// <c>initialization = list(subset = …)</c>.
/// </remarks>
public static class WardClustering
{
    /// <summary>Above this number of spots, a sample of as many is clustered.</summary>
    public const int DefaultMostSpots = 2_000;

    /// <summary>Clusters spots.</summary>
    /// <param name="features">Spots × features, finite.</param>
    /// <param name="clusters">1 … spots.</param>
    /// <param name="mostSpots">With more spots than this, a uniform sample of this size is clustered; at least <paramref name="clusters"/>.</param>
    /// <param name="seed">Decides the sample.</param>
    /// <param name="cancellation">Stops between merges.</param>
    /// <returns>The spots and their clusters.</returns>
    /// <exception cref="BadInputException">Fewer spots than clusters, no features, or a value that is not finite.</exception>
    public static WardResult Cluster(
        Matrix features, int clusters, int mostSpots = DefaultMostSpots, ulong seed = 0, CancellationToken cancellation = default) =>
        Cluster(SpotVectors.From(features, clusters), clusters, mostSpots, seed, cancellation);

    internal static WardResult Cluster(SpotVectors vectors, int clusters, int mostSpots, ulong seed, CancellationToken cancellation)
    {
        if (mostSpots < clusters)
            throw new BadInputException($"A sample of {mostSpots} spots cannot form {clusters} clusters; give Ward's clustering at least {clusters} spots.");
        int[] spots = Sample(vectors.Spots, mostSpots, seed);
        int[] labels = new WardChain(vectors, spots).Cut(clusters, cancellation);
        ClusterOrder.BySize(labels, clusters);
        return new WardResult(spots, labels);
    }

    private static int[] Sample(int spots, int mostSpots, ulong seed)
    {
        if (spots <= mostSpots)
            return [.. Enumerable.Range(0, spots)];

        // Selection sampling (Knuth, algorithm S): one pass, every subset equally likely.
        RandomStream random = new RandomStream(seed).Derive("ward/sample");
        var sample = new int[mostSpots];
        int taken = 0;
        for (int spot = 0; taken < mostSpots; spot++)
        {
            if (random.NextInt(spots - spot) < mostSpots - taken)
                sample[taken++] = spot;
        }

        return sample;
    }
}
