using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.Tests.LinearAlgebra;

public class OrthonormalizationTests
{
    [Theory]
    [InlineData(700, 5)]
    [InlineData(1500, 61)]
    public void Run_IndependentColumns_BecomeOrthonormalToWorkingPrecision(int rows, int columns)
    {
        using var team = new ThreadTeam(2);
        ThinBlock block = Random(rows, columns);
        Orthonormalization.Run(block, passes: 2, team);
        double[] gram = GramMatrix.OfColumns(block, team);
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j < columns; j++)
                gram[(i * block.Stride) + j].ShouldBe(i == j ? 1 : 0, 1e-13);
        }
    }

    [Fact]
    public void Run_DependentColumn_BecomesZeroAndTheOthersAreKept()
    {
        using var team = new ThreadTeam(1);
        ThinBlock block = Random(300, 4);
        for (int i = 0; i < block.Rows; i++)
            block.Row(i)[2] = (3 * block.Row(i)[0]) - block.Row(i)[1];
        Orthonormalization.Run(block, passes: 2, team);
        double[] gram = GramMatrix.OfColumns(block, team);
        for (int j = 0; j < 4; j++)
            gram[(j * block.Stride) + j].ShouldBe(j == 2 ? 0 : 1, 1e-13);
    }

    [Fact]
    public void Run_TriangularRelation_KeepsTheLeadingSpans()
    {
        // Q_j lies in the span of the first j columns: the first column keeps its direction.
        using var team = new ThreadTeam(1);
        ThinBlock block = Random(200, 3);
        double[] first = [.. Enumerable.Range(0, 200).Select(i => block.Row(i)[0])];
        double norm = Math.Sqrt(first.Sum(x => x * x));
        Orthonormalization.Run(block, passes: 2, team);
        for (int i = 0; i < 200; i++)
            block.Row(i)[0].ShouldBe(first[i] / norm, 1e-13);
    }

    private static ThinBlock Random(int rows, int columns)
    {
        var random = new RandomStream(11);
        var block = new ThinBlock(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref double value in block.Row(i))
                value = random.NextGaussian();
        }

        return block;
    }
}
