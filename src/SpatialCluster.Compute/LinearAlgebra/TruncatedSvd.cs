using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>
/// The leading singular values and right singular vectors of a sparse spots × features operator Z. Left vectors follow as
/// U = Z V / s.
/// <para>Signs: of each left singular vector, the entry of largest absolute value (the first of equals) is positive, over the
/// spots that were decomposed. This is the convention of scikit-learn's <c>PCA</c> up to 1.4 and of its
/// <c>randomized_svd</c>, which the original pipelines use.</para>
/// <para>Where spots or features are few (<see cref="SvdOptions.ExactUpTo"/>) the decomposition is exact, by way of the Gram
/// matrix; else randomised with power iterations (Halko, Martinsson &amp; Tropp, SIAM Review 53, 2011).</para>
/// </summary>
public sealed class TruncatedSvd
{
    /// <summary>Singular values below this share of the first count as zero: float32 input knows no better.</summary>
    public const double RankTolerance = 1e-5;

    internal TruncatedSvd(double[] singularValues, ThinBlock rightVectors, int rank)
    {
        SingularValues = singularValues;
        RightVectors = rightVectors;
        Rank = rank;
    }

    /// <summary>As many as were asked for, or <see cref="Rank"/> where that is less; falling.</summary>
    public double[] SingularValues { get; }

    /// <summary>Features × components, orthonormal columns.</summary>
    public ThinBlock RightVectors { get; }

    /// <summary>The numerical rank where it is below the components asked for; else at least those.</summary>
    public int Rank { get; }

    /// <summary>Decomposes an operator. The same operator, options and key give the same bytes on any number of threads.</summary>
    /// <param name="matrix">Spots × features.</param>
    /// <param name="components">How many singular triplets, at least 1; fewer come back where the rank is lower.</param>
    /// <param name="options">Accuracy; null for the defaults.</param>
    /// <param name="team">Who works.</param>
    /// <param name="random">The source of the random start.</param>
    /// <returns>The decomposition.</returns>
    public static TruncatedSvd Of(SparseOperator matrix, int components, SvdOptions? options, ThreadTeam team, RandomStream random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        options ??= new SvdOptions();
        int smaller = int.Min(matrix.Rows, matrix.Columns);
        if (smaller == 0)
            return new TruncatedSvd([], new ThinBlock(matrix.Columns, 0), 0);
        int width = components + options.Oversampling;
        (double[] values, ThinBlock vectors) = smaller <= options.ExactUpTo || width >= smaller
            ? ExactSvd.Of(matrix, components, team)
            : RandomizedSvd.Of(matrix, width, options.PowerIterations ?? RandomizedSvd.DefaultPowerIterations(components, smaller), team, random);
        int rank = 0;
        while (rank < values.Length && values[rank] > RankTolerance * values[0])
            rank++;
        int kept = int.Min(rank, components);
        ThinBlock right = FirstColumns(vectors, kept);
        SingularSigns.Apply(matrix, right, team);
        return new TruncatedSvd(values[..kept], right, rank);
    }

    private static ThinBlock FirstColumns(ThinBlock block, int columns)
    {
        var first = new ThinBlock(block.Rows, columns);
        for (int row = 0; row < block.Rows; row++)
            block.Row(row)[..columns].CopyTo(first.Row(row));
        return first;
    }
}
