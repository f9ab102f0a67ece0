using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Row-wise work on a sparse matrix that this preprocessing owns.</summary>
internal static class SparseRows
{
    private const int Tile = 256;

    public delegate void RowChange(ReadOnlySpan<int> columns, Span<float> values);

    /// <summary>Changes the stored values of each row in place.</summary>
    public static void Change(CsrMatrix matrix, ThreadTeam team, RowChange change) => ForEach(matrix.Rows, team, row =>
    {
        int start = (int)matrix.RowPointers[row];
        int length = (int)matrix.RowPointers[row + 1] - start;
        change(matrix.RowColumns(row), matrix.Values.AsSpan(start, length));
    });

    /// <summary>Runs work on each row, in tiles.</summary>
    public static void ForEach(int rows, ThreadTeam team, Action<int> work) =>
        team.For((rows + Tile - 1) / Tile, tile =>
        {
            for (int row = tile * Tile; row < int.Min((tile + 1) * Tile, rows); row++)
                work(row);
        });

    /// <summary>A dense copy.</summary>
    public static Matrix ToDense(CsrMatrix matrix, ThreadTeam team)
    {
        var dense = new Matrix(matrix.Rows, matrix.Columns);
        ForEach(matrix.Rows, team, row =>
        {
            Span<float> target = dense.Row(row);
            ReadOnlySpan<int> columns = matrix.RowColumns(row);
            ReadOnlySpan<float> values = matrix.RowValues(row);
            for (int e = 0; e < columns.Length; e++)
                target[columns[e]] = values[e];
        });
        return dense;
    }

    public static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }
}
