using System.Runtime.Intrinsics;
using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// Attention over modalities: for each spot, α = softmax over m of tanh(Zₘ W) · u, and the fused embedding Σ αₘ Zₘ
/// (SpaMI's attention aggregation; SpatialGlue's, which has the same over the graphs of a modality).
/// </summary>
public sealed unsafe class ModalityAttention
{
    private readonly IReadOnlyList<Variable> _embeddings;
    private readonly Matrix[] _activations;
    private readonly Scratch _gradient;

    /// <summary>Makes the block; its parameters are zero until somebody sets them.</summary>
    /// <param name="embeddings">One per modality, spots × width.</param>
    /// <param name="fused">Where the result goes, spots × width.</param>
    /// <param name="partition">How rows are cut.</param>
    /// <param name="threads">Threads of the team.</param>
    /// <param name="arena">Where the memory comes from.</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    public ModalityAttention(
        IReadOnlyList<Variable> embeddings, Variable fused, RowPartition partition, int threads, Arena arena, string name = "attention")
    {
        _embeddings = embeddings;
        Fused = fused;
        int width = fused.Width;
        Weights = new Parameter($"{name}.w_omega", width, width, partition, arena);
        Query = new Parameter($"{name}.u_omega", 1, width, partition, arena);
        Alpha = arena.Allocate(fused.Value.Rows, embeddings.Count);
        _activations = [.. embeddings.Select(_ => arena.Allocate(fused.Value.Rows, width))];
        _gradient = new Scratch(partition, width, threads, arena);
    }

    /// <summary>W, width × width.</summary>
    public Parameter Weights { get; }

    /// <summary>u, as a row.</summary>
    public Parameter Query { get; }

    /// <summary>The fused embedding.</summary>
    public Variable Fused { get; }

    /// <summary>The attention weights, spots × modalities; each row sums to 1.</summary>
    public Matrix Alpha { get; }

    /// <summary>The forward pass of a tile.</summary>
    /// <returns>A row strand.</returns>
    public RowWork Forward() => tile =>
    {
        int stride = Fused.Value.Stride, modalities = _embeddings.Count;
        for (int m = 0; m < modalities; m++)
        {
            Matrix activation = _activations[m];
            float* rows = At(activation, tile.Start);
            Gemm.Run(Gemm.Rows(_embeddings[m].Value, tile.Start, tile.End, Weights.Packed, rows, activation.Stride));
            for (long i = 0; i < (long)tile.Rows * activation.Stride; i += 16)
                VectorMath.Tanh(Vector512.Load(rows + i)).Store(rows + i);
            for (int row = tile.Start; row < tile.End; row++)
                At(Alpha, row)[m] = RowKernels.Dot(At(activation, row), Query.Value.Data, stride);
        }

        for (int row = tile.Start; row < tile.End; row++)
        {
            float* alpha = At(Alpha, row);
            Softmax(alpha, modalities);
            float* fused = At(Fused.Value, row);
            RowKernels.Scale(alpha[0], At(_embeddings[0].Value, row), fused, stride);
            for (int m = 1; m < modalities; m++)
                RowKernels.AddScaled(alpha[m], At(_embeddings[m].Value, row), fused, stride);
        }
    };

    /// <summary>The backward pass of a tile: adds to the gradients of the embeddings.</summary>
    /// <returns>A row strand.</returns>
    public RowWork Backward() => tile =>
    {
        int stride = Fused.Value.Stride, modalities = _embeddings.Count;
        Matrix weights = Weights.OpenPartial(tile), query = Query.OpenPartial(tile);
        float* before = _gradient.Mine;
        float* scores = stackalloc float[modalities];
        for (int m = 0; m < modalities; m++)
        {
            Matrix activation = _activations[m], gradient = _embeddings[m].Gradient;
            for (int row = tile.Start; row < tile.End; row++)
            {
                float* alpha = At(Alpha, row), fused = At(Fused.Gradient, row), s = At(activation, row);
                float mean = 0;
                for (int other = 0; other < modalities; other++)
                {
                    scores[other] = RowKernels.Dot(fused, At(_embeddings[other].Value, row), stride);
                    mean = MathF.FusedMultiplyAdd(alpha[other], scores[other], mean);
                }

                float score = alpha[m] * (scores[m] - mean);
                RowKernels.AddScaled(alpha[m], fused, At(gradient, row), stride);
                RowKernels.AddScaled(score, s, query.Data, stride);
                ThroughTanh(score, s, Query.Value.Data, before + ((row - tile.Start) * (long)stride), stride);
            }

            Gemm.Run(Gemm.Transposed(
                At(_embeddings[m].Value, tile.Start), stride, Fused.Width, before, stride, stride, tile.Rows, weights, accumulate: true));
            Gemm.Run(new GemmOperands
            {
                A = before,
                RowStride = stride,
                InnerStride = 1,
                B = Weights.PackedTransposed.Data,
                BStride = PackedMatrix.PanelWidth,
                PanelStride = Weights.PackedTransposed.PanelStride,
                C = At(gradient, tile.Start),
                CStride = gradient.Stride,
                Rows = tile.Rows,
                Inner = Fused.Width,
                Width = stride,
                Accumulate = true,
            });
        }
    };

    private static void ThroughTanh(float score, float* activation, float* query, float* result, int width)
    {
        Vector512<float> factor = Vector512.Create(score), one = Vector512.Create(1f);
        for (int j = 0; j < width; j += 16)
        {
            Vector512<float> s = Vector512.Load(activation + j);
            (factor * Vector512.Load(query + j) * (one - (s * s))).Store(result + j);
        }
    }

    private static void Softmax(float* scores, int count)
    {
        float largest = scores[0];
        for (int m = 1; m < count; m++)
            largest = MathF.Max(largest, scores[m]);
        float sum = 0;
        for (int m = 0; m < count; m++)
        {
            scores[m] = VectorMath.Exp(Vector512.Create(scores[m] - largest))[0];
            sum += scores[m];
        }

        for (int m = 0; m < count; m++)
            scores[m] /= sum;
    }

    private static float* At(Matrix matrix, int row) => matrix.Data + ((long)row * matrix.Stride);
}
