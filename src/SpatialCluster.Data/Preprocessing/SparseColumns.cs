using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Column-wise work on a sparse matrix.</summary>
internal static class SparseColumns
{
    /// <summary>In how many rows each column holds a positive value.</summary>
    public static int[] PositiveRows(CsrMatrix matrix)
    {
        int[] counts = new int[matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<int> columns = matrix.RowColumns(row);
            ReadOnlySpan<float> values = matrix.RowValues(row);
            for (int e = 0; e < columns.Length; e++)
            {
                if (values[e] > 0)
                    counts[columns[e]]++;
            }
        }

        return counts;
    }

    /// <summary>The column means, each summed in row order.</summary>
    public static double[] Means(CsrMatrix matrix)
    {
        double[] sums = new double[matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<int> columns = matrix.RowColumns(row);
            ReadOnlySpan<float> values = matrix.RowValues(row);
            for (int e = 0; e < columns.Length; e++)
                sums[columns[e]] += values[e];
        }

        for (int j = 0; j < sums.Length; j++)
            sums[j] /= matrix.Rows;
        return sums;
    }

    /// <summary>A copy with some of the columns; stored zeros are dropped.</summary>
    /// <param name="matrix">The source.</param>
    /// <param name="target">The new place of each column; −1 leaves it out.</param>
    /// <param name="columns">How many places there are.</param>
    public static CsrMatrix Select(CsrMatrix matrix, int[] target, int columns)
    {
        long[] pointers = new long[matrix.Rows + 1];
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<int> from = matrix.RowColumns(row);
            ReadOnlySpan<float> values = matrix.RowValues(row);
            long kept = 0;
            for (int e = 0; e < from.Length; e++)
            {
                if (target[from[e]] >= 0 && values[e] != 0)
                    kept++;
            }

            pointers[row + 1] = pointers[row] + kept;
        }

        int[] indices = new int[pointers[matrix.Rows]];
        float[] selected = new float[indices.LongLength];
        bool rising = Rises(target);
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<int> from = matrix.RowColumns(row);
            ReadOnlySpan<float> values = matrix.RowValues(row);
            int next = (int)pointers[row];
            for (int e = 0; e < from.Length; e++)
            {
                if (target[from[e]] < 0 || values[e] == 0)
                    continue;
                indices[next] = target[from[e]];
                selected[next++] = values[e];
            }

            if (!rising)
                Array.Sort(indices, selected, (int)pointers[row], next - (int)pointers[row]);
        }

        return new CsrMatrix(matrix.Rows, columns, pointers, indices, selected);
    }

    /// <summary>The columns at rising positions.</summary>
    public static CsrMatrix Select(CsrMatrix matrix, int[] positions)
    {
        int[] target = new int[matrix.Columns];
        Array.Fill(target, -1);
        for (int at = 0; at < positions.Length; at++)
            target[positions[at]] = at;
        return Select(matrix, target, positions.Length);
    }

    private static bool Rises(int[] target)
    {
        int last = -1;
        foreach (int place in target)
        {
            if (place >= 0 && place < last)
                return false;
            last = int.Max(last, place);
        }

        return true;
    }
}
