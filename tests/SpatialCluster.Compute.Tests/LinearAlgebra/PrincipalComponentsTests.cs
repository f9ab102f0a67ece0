using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.Tests.LinearAlgebra;

public class PrincipalComponentsTests
{
    [Fact]
    public void Of_PointsOnALine_FindsDirectionAndVariance()
    {
        // Points t · (3, 4)/5 + (10, −2), t = −2 … 2: variance of t is 2.5.
        using var team = new ThreadTeam(1);
        float[] values = [.. Enumerable.Range(-2, 5).SelectMany(t => new[] { 10 + (t * 0.6f), -2 + (t * 0.8f) })];
        using Matrix dense = Matrix.From(5, 2, values);
        using PrincipalComponents pca = PrincipalComponents.Of(dense, 2, team);
        pca.ExplainedVariance[0].ShouldBe(2.5, 1e-6);
        pca.ExplainedVariance[1].ShouldBe(0);
        // Scores are float32.
        pca.ExplainedVarianceRatio[0].ShouldBe(1, 1e-7);
        // −2 and 2 are equally large but for rounding, so only the sign of the direction is open.
        Math.Abs(pca.Scores[4, 0]).ShouldBe(2, 1e-5f);
        pca.Scores[2, 0].ShouldBe(0, 1e-6f);
        pca.Scores[3, 1].ShouldBe(0);
    }

    [Theory]
    [InlineData(1000, 20, 5)]
    [InlineData(30, 50, 5)]
    public void Of_DenseMatrix_AgreesWithTheSparseOperator(int rows, int columns, int components)
    {
        float[] dense = PlantedMatrix.ToDense(PlantedMatrix.RandomSparse(rows, columns, 0.5, 9));
        using Matrix matrix = Matrix.From(rows, columns, dense);
        using var team = new ThreadTeam(2);
        using PrincipalComponents pca = PrincipalComponents.Of(matrix, components, team);
        double[] means = [.. Enumerable.Range(0, columns).Select(j => Enumerable.Range(0, rows).Average(i => (double)dense[(i * columns) + j]))];
        var z = new SparseOperator(PlantedMatrix.FromDense(rows, columns, dense), means);
        TruncatedSvd svd = TruncatedSvd.Of(z, components, new SvdOptions { ExactUpTo = 10_000 }, team, new RandomStream(1));
        for (int j = 0; j < components; j++)
        {
            pca.ExplainedVariance[j].ShouldBe(svd.SingularValues[j] * svd.SingularValues[j] / (rows - 1), 1e-5 * pca.ExplainedVariance[0]);
            for (int g = 0; g < columns; g++)
                pca.Loadings.Row(g)[j].ShouldBe(svd.RightVectors.Row(g)[j], 1e-8);
        }
    }

    [Fact]
    public void Of_OneTwoThreeThreads_GivesTheSameBytes()
    {
        float[] dense = PlantedMatrix.ToDense(PlantedMatrix.RandomSparse(3000, 64, 0.7, 2));
        using Matrix matrix = Matrix.From(3000, 64, dense);
        float[][] scores = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using var team = new ThreadTeam(threads);
            using PrincipalComponents pca = PrincipalComponents.Of(matrix, 20, team);
            return pca.Scores.ToArray();
        })];
        scores[1].ShouldBe(scores[0]);
        scores[2].ShouldBe(scores[0]);
    }

    [Fact]
    public void Of_ConstantColumnsAndTooManyComponents_LeavesZeros()
    {
        using var team = new ThreadTeam(1);
        using Matrix dense = Matrix.From(3, 2, [1, 5, 1, 5, 1, 5]);
        using PrincipalComponents pca = PrincipalComponents.Of(dense, 4, team);
        pca.Scores.Columns.ShouldBe(4);
        pca.Scores.ToArray().ShouldAllBe(value => value == 0);
    }
}
