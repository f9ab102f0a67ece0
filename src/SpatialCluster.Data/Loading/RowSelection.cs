using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Loading;

/// <summary>Takes rows of a matrix in a new order.</summary>
internal static class RowSelection
{
    /// <summary>The rows as listed; the matrix itself where that is all of them in their order.</summary>
    public static CsrMatrix Take(CsrMatrix matrix, int[] rows)
    {
        if (IsIdentity(rows, matrix.Rows))
            return matrix;
        var pointers = new long[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
            pointers[i + 1] = pointers[i] + matrix.RowPointers[rows[i] + 1] - matrix.RowPointers[rows[i]];
        var columns = new int[pointers[^1]];
        var values = new float[pointers[^1]];
        for (int i = 0; i < rows.Length; i++)
        {
            long from = matrix.RowPointers[rows[i]];
            long length = pointers[i + 1] - pointers[i];
            Array.Copy(matrix.ColumnIndices, from, columns, pointers[i], length);
            Array.Copy(matrix.Values, from, values, pointers[i], length);
        }

        return new CsrMatrix(rows.Length, matrix.Columns, pointers, columns, values);
    }

    private static bool IsIdentity(int[] rows, int count)
    {
        if (rows.Length != count)
            return false;
        for (int i = 0; i < count; i++)
        {
            if (rows[i] != i)
                return false;
        }

        return true;
    }
}
