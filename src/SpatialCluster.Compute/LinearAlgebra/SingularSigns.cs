using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>Turns singular vectors so that the entry of largest absolute value of each left vector is positive.</summary>
internal static class SingularSigns
{
    public static void Apply(SparseOperator matrix, ThinBlock right, ThreadTeam team)
    {
        int columns = right.Columns;
        // The signed entry of largest absolute value of each row tile; tiles are compared in order, so the first of equals wins.
        RowTiles tiles = RowTiles.For(matrix.Rows);
        double[] extremes = new double[(long)tiles.Count * columns];
        matrix.MultiplyRows(right, team, (row, values) =>
        {
            Span<double> extreme = extremes.AsSpan(row / tiles.Size * columns, columns);
            for (int j = 0; j < values.Length; j++)
            {
                if (Math.Abs(values[j]) > Math.Abs(extreme[j]))
                    extreme[j] = values[j];
            }
        });
        double[] largest = new double[columns];
        for (int at = 0; at < extremes.Length; at++)
        {
            if (Math.Abs(extremes[at]) > Math.Abs(largest[at % columns]))
                largest[at % columns] = extremes[at];
        }

        for (int row = 0; row < right.Rows; row++)
        {
            Span<double> vector = right.Row(row);
            for (int j = 0; j < columns; j++)
            {
                if (largest[j] < 0)
                    vector[j] = 0 - vector[j];
            }
        }
    }
}
