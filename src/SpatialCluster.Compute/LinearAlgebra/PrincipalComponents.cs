using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>
/// Principal components of a dense matrix, such as an embedding: columns centred, not scaled. Signs as in
/// <see cref="TruncatedSvd"/>: the score of largest absolute value of each component is positive.
/// </summary>
public sealed class PrincipalComponents : IDisposable
{
    private PrincipalComponents(Matrix scores, double[] explainedVariance, double[] explainedVarianceRatio, double[] means, ThinBlock loadings)
    {
        Scores = scores;
        ExplainedVariance = explainedVariance;
        ExplainedVarianceRatio = explainedVarianceRatio;
        Means = means;
        Loadings = loadings;
    }

    /// <summary>Rows × components. Components beyond the matrix's rank are zero.</summary>
    public Matrix Scores { get; }

    /// <summary>The variance of each component (divided by rows − 1), falling.</summary>
    public double[] ExplainedVariance { get; }

    /// <summary>The share of each component in the variance of all columns.</summary>
    public double[] ExplainedVarianceRatio { get; }

    /// <summary>The column means.</summary>
    public double[] Means { get; }

    /// <summary>Columns × components, orthonormal.</summary>
    public ThinBlock Loadings { get; }

    /// <summary>Decomposes a dense matrix: exactly up to 600 columns, else as <see cref="TruncatedSvd"/> does.</summary>
    /// <param name="dense">Rows × columns.</param>
    /// <param name="components">At least 1; where rows or columns are fewer, the scores' last columns are zero.</param>
    /// <param name="team">Who works.</param>
    /// <param name="random">The random start beyond 600 columns; null is a fixed one.</param>
    /// <returns>Scores and loadings.</returns>
    public static PrincipalComponents Of(Matrix dense, int components, ThreadTeam team, RandomStream? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        double[] means = ColumnSums(dense, team, static value => value);
        for (int j = 0; j < means.Length; j++)
            means[j] /= int.Max(dense.Rows, 1);
        ThinBlock loadings = dense.Columns <= new SvdOptions().ExactUpTo
            ? Exact(dense, components, means, team)
            : TruncatedSvd.Of(new SparseOperator(ToSparse(dense), means), components, null, team, random ?? new RandomStream(0)).RightVectors;
        Matrix scores = Project(dense, means, loadings, components, team);
        TurnToPositive(scores, loadings);
        return WithVariances(dense, scores, means, loadings, team);
    }

    /// <summary>Releases the scores.</summary>
    public void Dispose() => Scores.Dispose();

    private static ThinBlock Exact(Matrix dense, int components, double[] means, ThreadTeam team)
    {
        SymmetricEigen eigen = SymmetricEigen.Decompose(GramMatrix.OfCenteredColumns(dense, means, team), dense.Columns);
        int kept = 0;
        // Eigenvalues are squares of singular values.
        double least = TruncatedSvd.RankTolerance * TruncatedSvd.RankTolerance * (dense.Columns > 0 ? eigen.Values[0] : 0);
        while (kept < int.Min(components, dense.Columns) && eigen.Values[kept] > least)
            kept++;
        var loadings = new ThinBlock(dense.Columns, kept);
        for (int j = 0; j < kept; j++)
        {
            ReadOnlySpan<double> vector = eigen.Vector(j);
            for (int i = 0; i < vector.Length; i++)
                loadings.Row(i)[j] = vector[i];
        }

        return loadings;
    }

    private static Matrix Project(Matrix dense, double[] means, ThinBlock loadings, int components, ThreadTeam team)
    {
        var scores = new Matrix(dense.Rows, components);
        RowTiles tiles = RowTiles.For(dense.Rows);
        team.For(tiles.Count, tile =>
        {
            double[] sums = new double[loadings.Columns];
            for (int row = tiles.Start(tile); row < tiles.End(tile); row++)
            {
                Span<float> values = dense.Row(row);
                Array.Clear(sums);
                for (int j = 0; j < values.Length; j++)
                    BlockKernels.AddScaled(sums, values[j] - means[j], loadings.Row(j));
                Span<float> target = scores.Row(row);
                for (int j = 0; j < sums.Length; j++)
                    target[j] = (float)sums[j];
            }
        });
        return scores;
    }

    private static void TurnToPositive(Matrix scores, ThinBlock loadings)
    {
        float[] largest = new float[scores.Columns];
        for (int row = 0; row < scores.Rows; row++)
        {
            Span<float> values = scores.Row(row);
            for (int j = 0; j < values.Length; j++)
            {
                if (Math.Abs(values[j]) > Math.Abs(largest[j]))
                    largest[j] = values[j];
            }
        }

        for (int row = 0; row < scores.Rows; row++)
        {
            Span<float> values = scores.Row(row);
            for (int j = 0; j < values.Length; j++)
                values[j] = largest[j] < 0 ? 0 - values[j] : values[j];
        }

        for (int row = 0; row < loadings.Rows; row++)
        {
            Span<double> values = loadings.Row(row);
            for (int j = 0; j < values.Length; j++)
                values[j] = largest[j] < 0 ? 0 - values[j] : values[j];
        }
    }

    private static PrincipalComponents WithVariances(Matrix dense, Matrix scores, double[] means, ThinBlock loadings, ThreadTeam team)
    {
        double degrees = int.Max(dense.Rows - 1, 1);
        double[] variances = ColumnSums(scores, team, static value => value * value);
        double total = 0;
        RowTiles tiles = RowTiles.ForReduction(dense.Rows);
        double[] partial = new double[tiles.Count];
        team.For(tiles.Count, tile =>
        {
            for (int row = tiles.Start(tile); row < tiles.End(tile); row++)
            {
                Span<float> values = dense.Row(row);
                for (int j = 0; j < values.Length; j++)
                    partial[tile] += (values[j] - means[j]) * (values[j] - means[j]);
            }
        });
        foreach (double sum in partial)
            total += sum;
        double[] ratios = new double[variances.Length];
        for (int j = 0; j < variances.Length; j++)
        {
            ratios[j] = total > 0 ? variances[j] / total : 0;
            variances[j] /= degrees;
        }

        return new PrincipalComponents(scores, variances, ratios, means, loadings);
    }

    private static double[] ColumnSums(Matrix matrix, ThreadTeam team, Func<double, double> term)
    {
        RowTiles tiles = RowTiles.ForReduction(matrix.Rows);
        double[][] partial = new double[tiles.Count][];
        team.For(tiles.Count, tile =>
        {
            double[] sums = new double[matrix.Columns];
            for (int row = tiles.Start(tile); row < tiles.End(tile); row++)
            {
                Span<float> values = matrix.Row(row);
                for (int j = 0; j < values.Length; j++)
                    sums[j] += term(values[j]);
            }

            partial[tile] = sums;
        });
        double[] total = new double[matrix.Columns];
        foreach (double[] sums in partial)
            BlockKernels.AddScaled(total, 1, sums);
        return total;
    }

    private static CsrMatrix ToSparse(Matrix dense)
    {
        long[] pointers = new long[dense.Rows + 1];
        int[] columns = new int[(long)dense.Rows * dense.Columns];
        float[] values = new float[columns.LongLength];
        long next = 0;
        for (int row = 0; row < dense.Rows; row++)
        {
            for (int j = 0; j < dense.Columns; j++)
            {
                columns[next] = j;
                values[next++] = dense[row, j];
            }

            pointers[row + 1] = next;
        }

        return new CsrMatrix(dense.Rows, dense.Columns, pointers, columns, values);
    }
}
