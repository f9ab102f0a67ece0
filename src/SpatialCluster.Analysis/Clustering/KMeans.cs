using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>
/// k-means: Lloyd's iteration (IEEE Trans. Inf. Theory 28:129, 1982) from several starts by greedy k-means++ (Arthur and
/// Vassilvitskii, SODA 2007), with the stopping rule and the treatment of empty clusters of scikit-learn.
/// </summary>
/// <remarks>An iteration takes time in proportion to spots × features × clusters. The result does not depend on the threads.</remarks>
public static class KMeans
{
    /// <summary>Finds clusters.</summary>
    /// <param name="features">Spots × features, finite.</param>
    /// <param name="options">Number of clusters, effort and seed.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    /// <returns>Labels, centres and inertia.</returns>
    /// <exception cref="BadInputException">Fewer spots than clusters, no features, a value that is not finite, or an option out of range.</exception>
    public static KMeansResult Cluster(Matrix features, KMeansOptions options, ThreadTeam team, CancellationToken cancellation = default)
    {
        Check(options);
        return Cluster(SpotVectors.From(features, options.Clusters), options, team, cancellation);
    }

    internal static KMeansResult Cluster(SpotVectors vectors, KMeansOptions options, ThreadTeam team, CancellationToken cancellation)
    {
        RandomStream random = new RandomStream(options.Seed).Derive("k-means");
        var seeding = new KMeansSeeding(vectors, options.Clusters, team);
        LloydRun? best = null;
        for (int start = 0; start < options.Starts; start++)
        {
            var run = new LloydRun(vectors, options.Clusters, team);
            run.Converge(seeding.Draw(random.Derive($"start/{start}"), cancellation), options, cancellation);
            if (best is null || run.Inertia < best.Inertia)
                best = run;
        }

        return Result(vectors, best!, options.Clusters);
    }

    /// <summary>One start from given centres (clusters × features).</summary>
    internal static KMeansResult FromCentres(Matrix features, double[,] centres, KMeansOptions options, ThreadTeam team)
    {
        SpotVectors vectors = SpotVectors.From(features, options.Clusters);
        int stride = CentreKernels.Stride(options.Clusters);
        var start = new double[vectors.Features * stride];
        for (int c = 0; c < options.Clusters; c++)
        {
            for (int f = 0; f < vectors.Features; f++)
                start[(f * stride) + c] = centres[c, f] - vectors.Means[f];
        }

        var run = new LloydRun(vectors, options.Clusters, team);
        run.Converge(start, options, CancellationToken.None);
        return Result(vectors, run, options.Clusters);
    }

    private static KMeansResult Result(SpotVectors vectors, LloydRun run, int clusters)
    {
        int[] order = ClusterOrder.BySize(run.Labels, clusters);
        return new KMeansResult(run.Labels, vectors.Place(run.Centres, CentreKernels.Stride(clusters), order), run.Inertia, run.Iterations);
    }

    private static void Check(KMeansOptions options)
    {
        if (options.Starts < 1)
            throw new BadInputException($"k-means is asked for {options.Starts} starts; give 1 or more.");
        if (options.MaxIterations < 1)
            throw new BadInputException($"k-means is asked for {options.MaxIterations} iterations; give 1 or more.");
        if (!(options.Tolerance >= 0) || double.IsPositiveInfinity(options.Tolerance))
            throw new BadInputException($"The tolerance of k-means is {options.Tolerance}; it must be a finite number that is not negative.");
    }
}
