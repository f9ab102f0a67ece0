using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>Reads dense matrices block by block and keeps their non-zeros.</summary>
internal static class DenseMatrixReader
{
    /// <summary>Reads the matrix.</summary>
    /// <param name="dataset">Spots × features.</param>
    /// <param name="names">Names of rows and columns, in number as the matrix.</param>
    /// <returns>Its non-zeros.</returns>
    public static CsrMatrix Read(H5Dataset dataset, MatrixNames names)
    {
        var source = new H5Matrix<float>(dataset);
        if (source.Rows != names.Spots.Count || source.Columns != names.Features.Count)
            throw names.WrongShape(source.Rows, source.Columns);
        using var builder = new SparseBuilder(source.Rows, source.Columns, names.Place);
        float[] block = GC.AllocateUninitializedArray<float>(checked(source.BlockRows * source.BlockColumns));
        for (int row = 0; row < source.Rows;)
        {
            int rows = int.Min(source.BlockRows, source.Rows - row);
            if (source.BlockColumns == source.Columns)
                AppendRows(source, row, rows, 0, source.Columns, block, builder, names);
            else
                AppendTiles(source, row, rows, block, builder, names);
            row += rows;
        }

        return builder.Build();
    }

    private static void AppendRows(
        H5Matrix<float> source, int row, int rows, int column, int columns, float[] block, SparseBuilder builder, MatrixNames names)
    {
        Span<float> values = block.AsSpan(0, rows * columns);
        source.Read(row, rows, column, columns, values);
        int bad = FiniteCheck.IndexOfNonFinite(values);
        if (bad >= 0)
            throw names.NotFinite(row + (bad / columns), column + (bad % columns), values[bad]);
        for (int i = 0; i < rows; i++)
        {
            builder.Append(values.Slice(i * columns, columns), 0);
            builder.EndRow();
        }
    }

    // Chunks so tall that whole rows of them are large: the non-zeros of each tile, then put side by side.
    private static void AppendTiles(H5Matrix<float> source, int row, int rows, float[] block, SparseBuilder builder, MatrixNames names)
    {
        var tiles = new List<CsrMatrix>();
        for (int column = 0; column < source.Columns;)
        {
            int columns = int.Min(source.BlockColumns, source.Columns - column);
            using var tile = new SparseBuilder(rows, columns, names.Place);
            AppendRows(source, row, rows, column, columns, block, tile, names);
            tiles.Add(tile.Build());
            column += columns;
        }

        for (int i = 0; i < rows; i++)
        {
            for (int t = 0; t < tiles.Count; t++)
                builder.Append(tiles[t].RowColumns(i), tiles[t].RowValues(i), t * source.BlockColumns);
            builder.EndRow();
        }
    }
}
