using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// 1 − the mean cosine similarity of the embeddings of two modalities, averaged over all pairs of modalities (SpaMI's
/// correspondence loss; the paper has one pair). As in PyTorch, the product of the norms is taken as at least 1e-8.
/// </summary>
/// <param name="embeddings">One per modality; the gradient is added to theirs.</param>
/// <param name="term">Receives the loss; its offset must be 1.</param>
public sealed unsafe class CosineLoss(IReadOnlyList<Variable> embeddings, LossTerm term)
{
    private const float Epsilon = 1e-8f;

    /// <summary>Loss and gradient of a tile.</summary>
    /// <returns>A row strand.</returns>
    public RowWork Forward() => tile =>
    {
        int width = embeddings[0].Value.Stride, pairs = embeddings.Count * (embeddings.Count - 1) / 2;
        double share = 1.0 / ((double)embeddings[0].Value.Rows * pairs), sum = 0;
        float factor = (float)(-term.Factor * share);
        for (int row = tile.Start; row < tile.End; row++)
        {
            for (int a = 0; a < embeddings.Count; a++)
            {
                for (int b = a + 1; b < embeddings.Count; b++)
                    sum += Pair(row, embeddings[a], embeddings[b], width, factor);
            }
        }

        term.Add(tile, -sum * share);
    };

    private static float Pair(int row, Variable a, Variable b, int width, float factor)
    {
        float* x = At(a.Value, row), y = At(b.Value, row), dx = At(a.Gradient, row), dy = At(b.Gradient, row);
        float xx = RowKernels.Dot(x, x, width), yy = RowKernels.Dot(y, y, width), xy = RowKernels.Dot(x, y, width);
        float norms = MathF.Max(MathF.Sqrt(xx) * MathF.Sqrt(yy), Epsilon);
        float cosine = xy / norms;

        // d cos / dx = y / (|x||y|) − cos x / |x|²; the second part is zero where the floor of the norms holds.
        RowKernels.AddScaled(factor / norms, y, dx, width);
        RowKernels.AddScaled(factor / norms, x, dy, width);
        if (norms > Epsilon)
        {
            RowKernels.AddScaled(-factor * cosine / xx, x, dx, width);
            RowKernels.AddScaled(-factor * cosine / yy, y, dy, width);
        }

        return cosine;
    }

    private static float* At(Matrix matrix, int row) => matrix.Data + ((long)row * matrix.Stride);
}
