using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>Through the eigenvectors of ZᵀZ or ZZᵀ, whichever is smaller; relative errors of a singular value stay near 10⁻¹⁶ (s₁/s)².</summary>
internal static class ExactSvd
{
    public static (double[] Values, ThinBlock Vectors) Of(SparseOperator matrix, int components, ThreadTeam team) =>
        matrix.Columns <= matrix.Rows ? FromFeatures(matrix, components, team) : FromSpots(matrix, components, team);

    private static (double[] Values, ThinBlock Vectors) FromFeatures(SparseOperator matrix, int components, ThreadTeam team)
    {
        int features = matrix.Columns;
        double[] gram = GramMatrix.OfRows(matrix.Transposed, matrix.Matrix, columnWeights: null, team);
        if (matrix.Offsets is { } offsets)
            SubtractOffsets(gram, offsets, ColumnSums(matrix), matrix.Rows);
        if (matrix.Factors is { } factors)
        {
            for (int i = 0; i < features; i++)
            {
                for (int j = 0; j < features; j++)
                    gram[(i * features) + j] *= factors[i] * factors[j];
            }
        }

        SymmetricEigen eigen = SymmetricEigen.Decompose(gram, features);
        return (SquareRoots(eigen), VectorsOf(eigen, features, int.Min(components, features)));
    }

    private static (double[] Values, ThinBlock Vectors) FromSpots(SparseOperator matrix, int components, ThreadTeam team)
    {
        int spots = matrix.Rows;
        double[]? weights = null;
        if (matrix.Factors is { } factors)
        {
            weights = new double[factors.Length];
            for (int j = 0; j < factors.Length; j++)
                weights[j] = factors[j] * factors[j];
        }

        double[] gram = GramMatrix.OfRows(matrix.Matrix, matrix.Transposed, weights, team);
        if (matrix.Offsets is { } offsets)
            Center(gram, matrix, offsets, weights);
        SymmetricEigen eigen = SymmetricEigen.Decompose(gram, spots);
        double[] values = SquareRoots(eigen);
        ThinBlock left = VectorsOf(eigen, spots, int.Min(components, spots));
        var right = new ThinBlock(matrix.Columns, left.Columns);
        matrix.MultiplyTransposed(left, right, team);
        for (int row = 0; row < right.Rows; row++)
        {
            Span<double> vector = right.Row(row);
            for (int j = 0; j < vector.Length; j++)
                vector[j] = values[j] > 0 ? vector[j] / values[j] : 0;
        }

        return (values, right);
    }

    /// <summary>(X − 1mᵀ)ᵀ(X − 1mᵀ) = XᵀX − m cᵀ − c mᵀ + spots · m mᵀ, with the column sums c.</summary>
    private static void SubtractOffsets(double[] gram, double[] offsets, double[] sums, int spots)
    {
        int features = offsets.Length;
        for (int i = 0; i < features; i++)
        {
            for (int j = 0; j < features; j++)
                gram[(i * features) + j] += (spots * offsets[i] * offsets[j]) - ((offsets[i] * sums[j]) + (offsets[j] * sums[i]));
        }
    }

    /// <summary>The same from the other side: each pair of spots loses their products with m, weighted by D².</summary>
    private static void Center(double[] gram, SparseOperator matrix, double[] offsets, double[]? weights)
    {
        int spots = matrix.Rows;
        double[] weighted = new double[offsets.Length];
        double square = 0;
        for (int j = 0; j < offsets.Length; j++)
        {
            weighted[j] = weights is null ? offsets[j] : offsets[j] * weights[j];
            square += weighted[j] * offsets[j];
        }

        double[] products = new double[spots];
        for (int i = 0; i < spots; i++)
        {
            ReadOnlySpan<int> columns = matrix.Matrix.RowColumns(i);
            ReadOnlySpan<float> values = matrix.Matrix.RowValues(i);
            for (int e = 0; e < columns.Length; e++)
                products[i] += values[e] * weighted[columns[e]];
        }

        for (int i = 0; i < spots; i++)
        {
            for (int j = 0; j < spots; j++)
                gram[(i * spots) + j] += square - (products[i] + products[j]);
        }
    }

    private static double[] ColumnSums(SparseOperator matrix)
    {
        double[] sums = new double[matrix.Columns];
        for (int j = 0; j < sums.Length; j++)
        {
            foreach (float value in matrix.Transposed.RowValues(j))
                sums[j] += value;
        }

        return sums;
    }

    private static double[] SquareRoots(SymmetricEigen eigen)
    {
        double[] values = new double[eigen.Values.Length];
        for (int j = 0; j < values.Length; j++)
            values[j] = Math.Sqrt(Math.Max(eigen.Values[j], 0));
        return values;
    }

    private static ThinBlock VectorsOf(SymmetricEigen eigen, int rows, int columns)
    {
        var block = new ThinBlock(rows, columns);
        for (int j = 0; j < columns; j++)
        {
            ReadOnlySpan<double> vector = eigen.Vector(j);
            for (int i = 0; i < rows; i++)
                block.Row(i)[j] = vector[i];
        }

        return block;
    }
}
