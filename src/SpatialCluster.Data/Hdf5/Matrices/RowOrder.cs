namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>Puts rows of a compressed matrix in order.</summary>
internal static class RowOrder
{
    /// <summary>
    /// Sorts the columns within each row and adds up values that are stored twice for one place, in the order of the file,
    /// all in place. The pointers shrink where values were merged.
    /// </summary>
    public static void Sort(long[] pointers, int[] columns, float[] values)
    {
        int written = 0;
        var order = Array.Empty<long>();
        var sorted = Array.Empty<float>();
        for (int row = 0; row + 1 < pointers.Length; row++)
        {
            int start = (int)pointers[row];
            int length = (int)pointers[row + 1] - start;
            pointers[row] = written;
            if (order.Length < length)
            {
                order = new long[int.Max(length, order.Length * 2)];
                sorted = new float[order.Length];
            }

            // Column and place in the file in one key: no two are equal, so any sort is stable.
            for (int i = 0; i < length; i++)
                order[i] = ((long)columns[start + i] << 32) | (uint)i;
            Array.Sort(order, 0, length);
            for (int i = 0; i < length; i++)
                sorted[i] = values[start + (int)(uint)order[i]];
            int first = written;
            for (int i = 0; i < length; i++)
            {
                int column = (int)(order[i] >> 32);
                if (written > first && columns[written - 1] == column)
                {
                    values[written - 1] += sorted[i];
                    continue;
                }

                columns[written] = column;
                values[written++] = sorted[i];
            }
        }

        pointers[^1] = written;
    }
}
