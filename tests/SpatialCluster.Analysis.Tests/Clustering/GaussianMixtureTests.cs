using SpatialCluster.Analysis.Clustering;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Tests.Clustering;

public sealed class GaussianMixtureTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Theory]
    [InlineData(MixtureStart.KMeansPlusPlus)]
    [InlineData(MixtureStart.Ward)]
    public void Cluster_BlobsFarApart_FindsThem(MixtureStart start)
    {
        // More spots than Ward takes at once.
        using Matrix features = ClusteringData.Blobs(2500, 4, 5, 12, 6);
        GaussianMixtureResult found = GaussianMixture.Cluster(features, new GaussianMixtureOptions { Clusters = 5, Start = start }, _team);
        found.Labels.ShouldBe(ClusteringData.Truth(2500, 5));
        found.Converged.ShouldBeTrue();
        found.Confidence.Min().ShouldBeGreaterThan(0.999);
        found.Weights.ShouldAllBe(weight => Math.Abs(weight - 0.2) < 1e-6);
    }

    [Fact]
    public void Cluster_ElongatedClusters_AreSeparatedWhereKMeansCannot()
    {
        // Two sheets, 30 wide and 4 apart.
        using Matrix features = ClusteringData.Blobs(800, 2, 1, 0, 8);
        for (int i = 0; i < 800; i++)
            (features[i, 0], features[i, 1]) = (features[i, 0] * 30, (features[i, 1] * 0.5f) + (i % 2 * 4));
        var options = new GaussianMixtureOptions { Clusters = 2, Tolerance = 1e-9, Seed = 1 };
        SpotVectors vectors = SpotVectors.From(features, 2);
        int[] start = [.. Enumerable.Range(0, 800).Select(i => (i % 2) ^ (i % 5 == 0 ? 1 : 0))];
        GaussianMixture.FromLabels(vectors, [.. Enumerable.Range(0, 800)], start, options, _team, CancellationToken.None)
            .Labels.ShouldBe(ClusteringData.Truth(800, 2));
        int[] byMeans = KMeans.Cluster(features, new KMeansOptions { Clusters = 2 }, _team).Labels;
        byMeans.Where((label, i) => label == i % 2).Count().ShouldBeInRange(300, 500);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-6)]
    [InlineData(0.3)]
    public void Cluster_EveryIteration_ObjectiveNeverFalls(double regularisation)
    {
        for (ulong seed = 1; seed <= 12; seed++)
        {
            using Matrix features = ClusteringData.Blobs(300, 2 + (int)(seed % 5), 4, 0.9, seed);
            var options = new GaussianMixtureOptions
            {
                Clusters = 2 + (int)(seed % 7), Regularisation = regularisation, Tolerance = 0, MaxIterations = 200, Seed = seed,
            };
            GaussianMixtureResult found = GaussianMixture.Cluster(features, options, _team);
            found.Objectives.Count.ShouldBeGreaterThan(10);
            for (int i = 1; i < found.Objectives.Count; i++)
                // Rounding of sums over 300 spots.
                found.Objectives[i].ShouldBeGreaterThan(found.Objectives[i - 1] - (1e-12 * Math.Abs(found.Objectives[i])), $"seed {seed}, iteration {i}");
            if (regularisation == 0)
                found.LogLikelihood.ShouldBe(found.Objectives[^1]);
        }
    }

    [Fact]
    public void Cluster_Likelihood_IsThatOfTheDensity()
    {
        using Matrix features = ClusteringData.Blobs(60, 2, 2, 1.5, 11);
        GaussianMixtureResult found = GaussianMixture.Cluster(features, new GaussianMixtureOptions { Clusters = 3 }, _team);
        double a = found.Covariance[0, 0], b = found.Covariance[0, 1], c = found.Covariance[1, 1];
        double determinant = (a * c) - (b * b);
        double sum = 0;
        for (int i = 0; i < 60; i++)
        {
            double density = 0;
            for (int k = 0; k < 3; k++)
            {
                double x = features[i, 0] - found.Means[k, 0], y = features[i, 1] - found.Means[k, 1];
                double square = ((c * x * x) - (2 * b * x * y) + (a * y * y)) / determinant;
                density += found.Weights[k] * Math.Exp(-0.5 * square) / (2 * Math.PI * Math.Sqrt(determinant));
            }

            sum += Math.Log(density);
        }

        // Both in double, over 60 spots.
        found.LogLikelihood.ShouldBe(sum, 1e-10);
        found.Bic.ShouldBe((2 * sum) - ((2 + 6 + 3) * Math.Log(60)), 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cluster_AnyThreads_GivesTheSameBytes(int threads)
    {
        using Matrix features = ClusteringData.Blobs(3000, 9, 6, 0.8, 2);
        var options = new GaussianMixtureOptions { Clusters = 6, PrincipalComponents = 7 };
        using var other = new ThreadTeam(threads);
        GaussianMixtureResult expected = GaussianMixture.Cluster(features, options, _team);
        GaussianMixtureResult found = GaussianMixture.Cluster(features, options, other);
        found.Labels.ShouldBe(expected.Labels);
        found.Confidence.ShouldBe(expected.Confidence);
        found.Objectives.ShouldBe(expected.Objectives);
        found.Covariance.Cast<double>().ShouldBe(expected.Covariance.Cast<double>());
    }

    [Fact]
    public void Cluster_ConstantAndRepeatedColumns_NeedRegularisationOrComponents()
    {
        using Matrix features = ClusteringData.Blobs(200, 4, 2, 8, 5);
        for (int i = 0; i < 200; i++)
            (features[i, 2], features[i, 3]) = (4, features[i, 0]);
        var options = new GaussianMixtureOptions { Clusters = 2 };
        int[] truth = ClusteringData.Truth(200, 2);
        GaussianMixture.Cluster(features, options, _team).Labels.ShouldBe(truth);
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(features, options with { Regularisation = 0 }, _team))
            .Message.ShouldContain("feature 2 is constant");
        GaussianMixture.Cluster(features, options with { Regularisation = 0, PrincipalComponents = 2 }, _team).Labels.ShouldBe(truth);
    }

    [Fact]
    public void Cluster_FewerSpotsThanFeatures_FitsWithRegularisation()
    {
        using Matrix features = ClusteringData.Blobs(12, 30, 2, 8, 5);
        GaussianMixture.Cluster(features, new GaussianMixtureOptions { Clusters = 2 }, _team).Labels.ShouldBe(ClusteringData.Truth(12, 2));
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(features, new GaussianMixtureOptions { Clusters = 2, Regularisation = 0 }, _team))
            .Message.ShouldContain("too few spots");
    }

    [Fact]
    public void Cluster_MoreComponentsThanFeatures_TakesWhatThereIs()
    {
        using Matrix features = ClusteringData.Blobs(100, 3, 2, 8, 5);
        GaussianMixtureResult found = GaussianMixture.Cluster(features, new GaussianMixtureOptions { Clusters = 2, PrincipalComponents = 20 }, _team);
        found.Means.GetLength(1).ShouldBe(3);
    }

    [Fact]
    public void Cluster_BadInput_IsRefused()
    {
        using Matrix features = ClusteringData.Blobs(5, 2, 1, 1, 1);
        var options = new GaussianMixtureOptions { Clusters = 2 };
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(features, options with { Clusters = 6 }, _team));
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(features, options with { MaxIterations = 0 }, _team));
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(features, options with { Tolerance = -1 }, _team));
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(features, options with { Regularisation = double.NaN }, _team));
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(features, options with { PrincipalComponents = 0 }, _team));
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(features, options with { CovarianceModel = (CovarianceModel)7 }, _team));
        features[4, 0] = float.NaN;
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(features, options, _team)).Message.ShouldContain("spot 4, column 0");
        using var same = new Matrix(8, 3);
        Should.Throw<BadInputException>(() => GaussianMixture.Cluster(same, options, _team)).Message.ShouldContain("All 8 spots");
    }
}
