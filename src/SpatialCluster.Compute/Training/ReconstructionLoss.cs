using System.Runtime.Intrinsics;
using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Training;

/// <summary>Mean squared error between features and their reconstruction, over all elements; leaves its gradient.</summary>
/// <param name="features">The target, spots × features.</param>
/// <param name="reconstruction">What the decoder gave; its gradient is set.</param>
/// <param name="term">Receives the loss.</param>
public sealed unsafe class ReconstructionLoss(Matrix features, Variable reconstruction, LossTerm term)
{
    /// <summary>Loss and gradient of a tile.</summary>
    /// <returns>A row strand.</returns>
    public RowWork Forward() => tile =>
    {
        double count = (double)features.Rows * features.Columns;
        Vector512<float> factor = Vector512.Create((float)(2 * term.Factor / count));
        double sum = 0;
        for (int row = tile.Start; row < tile.End; row++)
        {
            long place = (long)row * features.Stride;
            float* x = features.Data + place, y = reconstruction.Value.Data + place, dy = reconstruction.Gradient.Data + place;
            Vector512<float> squares = Vector512<float>.Zero;
            for (int j = 0; j < features.Stride; j += 16)
            {
                Vector512<float> difference = Vector512.Load(y + j) - Vector512.Load(x + j);
                squares = Vector512.FusedMultiplyAdd(difference, difference, squares);
                (factor * difference).Store(dy + j);
            }

            sum += VectorMath.Sum(squares);
        }

        term.Add(tile, sum / count);
    };
}
