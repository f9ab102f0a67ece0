using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Simulation.Patterns;

/// <summary>
/// A square tile of cells, each of which belongs to one spatial factor or to the background; scaled to a grid of spots, it
/// is the truth of a simulated slice.
/// </summary>
public sealed class SpatialPattern
{
    private readonly byte[] _cells;

    private SpatialPattern(string name, int side, int factors, string cells)
    {
        Name = name;
        Side = side;
        Factors = factors;
        _cells = [.. cells.Select(c => (byte)(c - '0'))];
    }

    /// <summary>
    /// The <c>ggblocks</c> scenario of nonnegative spatial factorisation (Townes and Engelhardt, Nature Methods 2023): 6 × 6
    /// cells with one shape in each quadrant. Domain 0 is the background, 1 … 4 are the factors.
    /// </summary>
    public static SpatialPattern GgBlocks { get; } = new(
        "ggblocks",
        side: 6,
        factors: 4,
        "010222" +
        "111202" +
        "010222" +
        "300444" +
        "330040" +
        "333040");

    /// <summary>The name that options use.</summary>
    public string Name { get; }

    /// <summary>Cells along each side of the tile; a grid is a multiple of it.</summary>
    public int Side { get; }

    /// <summary>Number of spatial factors; domains are numbered 0 (background) … Factors.</summary>
    public int Factors { get; }

    /// <summary>Finds a pattern by name.</summary>
    /// <param name="name">Such as <c>ggblocks</c>.</param>
    /// <returns>The pattern.</returns>
    /// <exception cref="BadInputException">There is no pattern of that name.</exception>
    public static SpatialPattern Named(string name) => string.Equals(name, GgBlocks.Name, StringComparison.OrdinalIgnoreCase)
        ? GgBlocks
        : throw new BadInputException($"There is no spatial pattern '{name}'; use {GgBlocks.Name}.");

    /// <summary>The domain of every spot of a grid, row by row.</summary>
    /// <param name="rows">A multiple of <see cref="Side"/>.</param>
    /// <param name="columns">A multiple of <see cref="Side"/>.</param>
    /// <returns>rows × columns domains in 0 … <see cref="Factors"/>.</returns>
    public int[] Domains(int rows, int columns)
    {
        if (rows % Side != 0 || columns % Side != 0)
            throw new ArgumentException($"A {rows} × {columns} grid is no multiple of {Side}.");
        var domains = new int[rows * columns];
        int cellHeight = rows / Side, cellWidth = columns / Side;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                domains[row * columns + column] = _cells[row / cellHeight * Side + column / cellWidth];
        }

        return domains;
    }
}
