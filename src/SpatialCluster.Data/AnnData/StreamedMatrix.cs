namespace SpatialCluster.Data.AnnData;

/// <summary>Fills rows of a matrix that is being written.</summary>
/// <param name="firstRow">The first row that is wanted.</param>
/// <param name="rowCount">How many rows.</param>
/// <param name="block">Row-major, rowCount × columns; every element is to be set.</param>
public delegate void RowBlockFill(int firstRow, int rowCount, Span<float> block);

/// <summary>A dense entry of <c>obsm</c> that never exists as a whole.</summary>
/// <param name="Name">The key.</param>
/// <param name="Columns">How many columns; one row per spot.</param>
/// <param name="Fill">Asked for the rows from first to last, in blocks of about a megabyte.</param>
public sealed record StreamedMatrix(string Name, int Columns, RowBlockFill Fill);
