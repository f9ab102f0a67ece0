using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>
/// Clustering by a mixture of Gaussians with one full covariance for all components, which is what mclust calls EEE (Fraley and
/// Raftery, JASA 97:611, 2002): expectation and maximisation in double from one start.
/// </summary>
/// <remarks>
/// An iteration takes time in proportion to spots × features × components. The result does not depend on the threads. Unlike
/// mclust, a ridge of a millionth of the mean variance is added to the covariance unless the options say otherwise, and Ward's
/// start measures distances in the features as they are, without scaling them first.
/// </remarks>
public static class GaussianMixture
{
    /// <summary>Fits a mixture.</summary>
    /// <param name="features">Spots × features, finite.</param>
    /// <param name="options">Number of components, start and accuracy.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    /// <returns>Labels and parameters.</returns>
    /// <exception cref="BadInputException">Fewer spots than components, no features, a value that is not finite, spots that are all equal, a singular covariance without regularisation, or an option out of range.</exception>
    public static GaussianMixtureResult Cluster(Matrix features, GaussianMixtureOptions options, ThreadTeam team, CancellationToken cancellation = default)
    {
        Check(options);
        SpotVectors vectors = Vectors(features, options, team);
        WardResult start = Start(vectors, options, team, cancellation);
        return FromLabels(vectors, start.Spots, start.Labels, options, team, cancellation);
    }

    /// <summary>A fit that begins with the parameters of spots whose components are given.</summary>
    internal static GaussianMixtureResult FromLabels(
        SpotVectors vectors, int[] spots, int[] labels, GaussianMixtureOptions options, ThreadTeam team, CancellationToken cancellation)
    {
        var fit = new MixtureFit(vectors, options.Clusters, options.Regularisation, team);
        if (vectors.Values.AsSpan().IndexOfAnyExcept(0.0) < 0)
            throw new BadInputException($"All {vectors.Spots} spots have the same features; a mixture has nothing to tell them apart by.");
        MixtureModel model = fit.FromLabels(spots, labels);
        var objectives = new List<double>();
        bool converged = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            fit.Expect(model);
            objectives.Add(fit.Objective);
            converged = objectives.Count > 1 && Math.Abs(objectives[^1] - objectives[^2]) <= options.Tolerance * (1 + Math.Abs(objectives[^1]));
            if (converged || objectives.Count > options.MaxIterations)
                break;
            model = fit.Maximise(model);
        }

        return Result(vectors, fit, model, objectives, converged);
    }

    private static SpotVectors Vectors(Matrix features, GaussianMixtureOptions options, ThreadTeam team)
    {
        SpotVectors vectors = SpotVectors.From(features, options.Clusters);
        if (options.PrincipalComponents is not { } components)
            return vectors;
        using var reduced = PrincipalComponents.Of(features, Math.Min(components, features.Columns), team);
        return SpotVectors.From(reduced.Scores, options.Clusters);
    }

    private static WardResult Start(SpotVectors vectors, GaussianMixtureOptions options, ThreadTeam team, CancellationToken cancellation)
    {
        if (options.Start == MixtureStart.Ward)
        {
            int most = Math.Max(WardClustering.DefaultMostSpots, options.Clusters);
            return WardClustering.Cluster(vectors, options.Clusters, most, options.Seed, cancellation);
        }

        var means = new KMeansOptions { Clusters = options.Clusters, Seed = options.Seed };
        return new WardResult([.. Enumerable.Range(0, vectors.Spots)], KMeans.Cluster(vectors, means, team, cancellation).Labels);
    }

    private static GaussianMixtureResult Result(SpotVectors vectors, MixtureFit fit, MixtureModel model, List<double> objectives, bool converged)
    {
        int features = vectors.Features;
        int components = model.Shares.Length;
        int[] order = ClusterOrder.BySize(fit.Labels, components);
        var covariance = new double[features, features];
        for (int f = 0; f < features; f++)
        {
            for (int g = 0; g < features; g++)
                covariance[f, g] = model.Covariance.Values[(f * features) + g];
        }

        double parameters = components - 1 + ((double)components * features) + (0.5 * features * (features + 1));
        return new GaussianMixtureResult
        {
            Labels = fit.Labels,
            Confidence = fit.Confidence,
            Weights = [.. order.Select(c => model.Shares[c])],
            Means = vectors.Place(model.Means, CentreKernels.Stride(components), order),
            Covariance = covariance,
            LogLikelihood = fit.LogLikelihood,
            Bic = (2 * fit.LogLikelihood) - (parameters * StableMath.Log(vectors.Spots)),
            Objectives = objectives,
            Converged = converged,
        };
    }

    private static void Check(GaussianMixtureOptions options)
    {
        if (options.CovarianceModel != CovarianceModel.EqualEllipsoidal)
            throw new BadInputException($"The covariance model {options.CovarianceModel} is not known; {CovarianceModel.EqualEllipsoidal} is.");
        if (options.MaxIterations < 1)
            throw new BadInputException($"The mixture is asked for {options.MaxIterations} iterations; give 1 or more.");
        if (!(options.Tolerance >= 0) || double.IsPositiveInfinity(options.Tolerance))
            throw new BadInputException($"The tolerance of the mixture is {options.Tolerance}; it must be a finite number that is not negative.");
        if (!(options.Regularisation >= 0) || double.IsPositiveInfinity(options.Regularisation))
            throw new BadInputException($"The regularisation of the mixture is {options.Regularisation}; it must be a finite number that is not negative.");
        if (options.PrincipalComponents < 1)
            throw new BadInputException($"The mixture is asked for {options.PrincipalComponents} principal components; give 1 or more, or none to take the features as they are.");
    }
}
