using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Training;

/// <summary>An intermediate result, spots × width, and the derivative of the loss by it.</summary>
/// <param name="Value">What the forward pass computes.</param>
/// <param name="Gradient">What the backward pass computes; of the same shape.</param>
public sealed record Variable(Matrix Value, Matrix Gradient)
{
    /// <summary>Number of columns.</summary>
    public int Width => Value.Columns;

    /// <summary>Cuts both from an arena.</summary>
    /// <param name="arena">Where the memory comes from.</param>
    /// <param name="rows">Number of spots.</param>
    /// <param name="width">Number of columns.</param>
    /// <returns>A zero variable.</returns>
    public static Variable Allocate(Arena arena, int rows, int width) => new(arena.Allocate(rows, width), arena.Allocate(rows, width));
}
