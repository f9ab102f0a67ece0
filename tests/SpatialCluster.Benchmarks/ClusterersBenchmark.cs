using SpatialCluster.Analysis.Clustering;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Benchmarks;

/// <summary>k-means, Ward's start and the mixture with one covariance.</summary>
internal static class ClusterersBenchmark
{
    private const int Spots = 10_000, Width = 20, Clusters = 10;

    private const string Reference = """
        from sklearn.cluster import KMeans
        from sklearn.mixture import GaussianMixture
        def timed(make):
            seconds = []
            for _ in range(3):
                begin = time.perf_counter(); model = make().fit(x); seconds.append(time.perf_counter() - begin)
            print(sorted(seconds)[1])
            return model
        x = x.astype(np.float64)
        print(timed(lambda: KMeans(10, n_init=10, random_state=0)).inertia_)
        print(timed(lambda: GaussianMixture(10, covariance_type='tied', tol=0, max_iter=50, reg_covar=0, random_state=0)).n_iter_)
        """;

    public static void Run()
    {
        using var team = new ThreadTeam(Environment.ProcessorCount);
        using Matrix features = NeighbourBenchmark.Mixture(Spots, Width);
        var means = new KMeansOptions { Clusters = Clusters };
        var mixture = new GaussianMixtureOptions { Clusters = Clusters };
        KMeansResult found = null!;
        GaussianMixtureResult fitted = null!, longer = null!;
        double[] seconds = Measurement.Interleaved(
            5,
            () => found = KMeans.Cluster(features, means, team),
            () => fitted = GaussianMixture.Cluster(features, mixture, team),
            () => longer = GaussianMixture.Cluster(features, mixture with { Tolerance = 0, MaxIterations = 50 }, team),
            () => WardClustering.Cluster(features, Clusters));
        Measurement.Print($"k-means, {Spots:N0} × {Width}, k = {Clusters}, 10 starts, {team.Threads} threads (inertia {found.Inertia:0})", seconds[0], "s");
        Measurement.Print($"mixture of {Clusters}, 10 starts by k-means included, {fitted.Objectives.Count - 1} iterations", seconds[1], "s");
        Measurement.Print($"  the same with {longer.Objectives.Count - 1} iterations", seconds[2], "s");
        Measurement.Print($"Ward's start on {WardClustering.DefaultMostSpots:N0} spots, 1 thread", seconds[3], "s");

        if (PythonReference.Run(features, Reference) is not { } theirs)
        {
            Measurement.Output.WriteLine("scikit-learn is not installed: no ratios.");
            return;
        }

        Measurement.Print($"  k-means of scikit-learn (inertia {theirs[1]:0})", theirs[0], "s");
        Measurement.Print("  k-means, scikit-learn ÷ ours", theirs[0] / seconds[0], "×");
        Measurement.Print($"  mixture of scikit-learn (tied), 1 start by k-means included, {theirs[3]:0} iterations", theirs[2], "s");
        Measurement.Print($"  mixture, {theirs[3]:0} iterations of scikit-learn from 1 start ÷ {longer.Objectives.Count - 1} of ours from 10", theirs[2] / seconds[2], "×");
    }
}
