using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Kernels;

/// <summary>
/// A right operand laid out for the product kernel: panels of 64 columns, each with its rows one after another, so that the
/// inner loop walks straight through the first-level cache. Weights are packed once per step, and their transposes likewise.
/// </summary>
internal sealed unsafe class PackedMatrix
{
    /// <summary>Columns per panel.</summary>
    public const int PanelWidth = 64;

    private readonly Matrix _storage;

    /// <summary>Makes room for a rows × columns operand.</summary>
    public PackedMatrix(int rows, int columns, Arena arena)
    {
        Rows = rows;
        Columns = columns;
        Width = Matrix.PaddedWidth(columns);
        int panels = (Width + PanelWidth - 1) / PanelWidth;
        _storage = arena.Allocate(panels * rows, PanelWidth);
        PanelStride = (long)rows * PanelWidth;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary><see cref="Columns"/> rounded up to 16.</summary>
    public int Width { get; }

    public long PanelStride { get; }

    public float* Data => _storage.Data;

    /// <summary>Copies a matrix in.</summary>
    public void Pack(Matrix source)
    {
        for (int row = 0; row < Rows; row++)
        {
            float* from = source.Data + ((long)row * source.Stride);
            for (int column = 0; column < Columns; column++)
                Place(row, column) = from[column];
        }
    }

    /// <summary>Copies the transpose of a matrix in.</summary>
    public void PackTransposed(Matrix source)
    {
        for (int column = 0; column < Columns; column++)
        {
            float* from = source.Data + ((long)column * source.Stride);
            for (int row = 0; row < Rows; row++)
                Place(row, column) = from[row];
        }
    }

    private ref float Place(int row, int column) =>
        ref Data[(column / PanelWidth * PanelStride) + ((long)row * PanelWidth) + (column % PanelWidth)];
}
