using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>Takes some columns of a sparse matrix.</summary>
internal static class FeatureSelection
{
    /// <summary>The columns to keep, in their order, in time linear in the non-zeros.</summary>
    /// <param name="matrix">Spots × features.</param>
    /// <param name="kept">Rising column indices.</param>
    /// <returns>Spots × kept features.</returns>
    public static CsrMatrix Take(CsrMatrix matrix, IReadOnlyList<int> kept)
    {
        int[] place = new int[matrix.Columns];
        Array.Fill(place, -1);
        for (int i = 0; i < kept.Count; i++)
            place[kept[i]] = i;
        var pointers = new long[matrix.Rows + 1];
        for (int row = 0; row < matrix.Rows; row++)
        {
            long count = 0;
            foreach (int column in matrix.RowColumns(row))
                count += place[column] >= 0 ? 1 : 0;
            pointers[row + 1] = pointers[row] + count;
        }

        int[] columns = GC.AllocateUninitializedArray<int>((int)pointers[^1]);
        float[] values = GC.AllocateUninitializedArray<float>((int)pointers[^1]);
        int at = 0;
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<int> from = matrix.RowColumns(row);
            ReadOnlySpan<float> stored = matrix.RowValues(row);
            for (int i = 0; i < from.Length; i++)
            {
                if (place[from[i]] < 0)
                    continue;
                columns[at] = place[from[i]];
                values[at++] = stored[i];
            }
        }

        return new CsrMatrix(matrix.Rows, kept.Count, pointers, columns, values);
    }
}
