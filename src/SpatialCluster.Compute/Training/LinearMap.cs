using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Training;

/// <summary>Y = X W, row by row, without a bias.</summary>
/// <param name="name">The name of W.</param>
/// <param name="inputs">Width of X.</param>
/// <param name="outputs">Width of Y.</param>
/// <param name="partition">How rows are cut.</param>
/// <param name="arena">Where the memory comes from.</param>
public sealed unsafe class LinearMap(string name, int inputs, int outputs, RowPartition partition, Arena arena)
{
    /// <summary>W, inputs × outputs; zero until somebody sets it.</summary>
    public Parameter Weights { get; } = new Parameter(name, inputs, outputs, partition, arena);

    /// <summary>The forward pass of a tile.</summary>
    /// <param name="x">Spots × inputs.</param>
    /// <param name="y">Spots × outputs.</param>
    /// <returns>A row strand.</returns>
    public RowWork Forward(Matrix x, Matrix y) => tile =>
        Gemm.Run(Gemm.Rows(x, tile.Start, tile.End, Weights.Packed, At(y, tile.Start), y.Stride));

    /// <summary>The gradient of W; once per epoch and row.</summary>
    /// <param name="x">What went in.</param>
    /// <param name="outputGradient">dL/dY.</param>
    /// <returns>A row strand.</returns>
    public RowWork BackwardWeights(Matrix x, Matrix outputGradient) => tile =>
    {
        Matrix weights = Weights.OpenPartial(tile);
        Gemm.Run(Gemm.Transposed(
            At(x, tile.Start), x.Stride, x.Columns, At(outputGradient, tile.Start), outputGradient.Stride, outputGradient.Stride, tile.Rows, weights, accumulate: true));
    };

    /// <summary>The gradient of X.</summary>
    /// <param name="outputGradient">dL/dY.</param>
    /// <param name="inputGradient">Where dL/dX goes.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    /// <returns>A row strand.</returns>
    public RowWork BackwardInput(Matrix outputGradient, Matrix inputGradient, bool accumulate) => tile =>
    {
        GemmOperands product = Gemm.Rows(
            outputGradient, tile.Start, tile.End, Weights.PackedTransposed, At(inputGradient, tile.Start), inputGradient.Stride);
        product.Accumulate = accumulate;
        Gemm.Run(product);
    };

    private static float* At(Matrix matrix, int row) => matrix.Data + ((long)row * matrix.Stride);
}
