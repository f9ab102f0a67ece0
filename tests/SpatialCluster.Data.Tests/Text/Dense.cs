using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Tests.Text;

internal static class Dense
{
    /// <summary>A sparse matrix written out, one array per row.</summary>
    public static float[][] Of(CsrMatrix matrix)
    {
        var rows = new float[matrix.Rows][];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new float[matrix.Columns];
            for (int e = 0; e < matrix.RowColumns(row).Length; e++)
                rows[row][matrix.RowColumns(row)[e]] = matrix.RowValues(row)[e];
        }

        return rows;
    }

    /// <summary>What every matrix must keep, however it came about.</summary>
    public static bool IsValid(CsrMatrix matrix)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<int> columns = matrix.RowColumns(row);
            for (int e = 0; e < columns.Length; e++)
            {
                if (columns[e] < 0 || columns[e] >= matrix.Columns || (e > 0 && columns[e] <= columns[e - 1]) || !float.IsFinite(matrix.RowValues(row)[e]))
                    return false;
            }
        }

        return true;
    }
}
