using System.Runtime.Intrinsics;
using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// SpatialGlue's correspondence loss: what a modality's latent becomes when it is decoded into another modality and encoded
/// again, A (A Z V) W, shall be the latent. The mean squared difference over spots and width, and over the other modalities
/// (the paper has two, hence one other). The products are taken as (A A Z) (V W), which is the same and narrower.
/// </summary>
public sealed unsafe class CorrespondenceLoss
{
    private readonly CsrMatrix _graph;
    private readonly Variable[] _latents;
    private readonly Matrix[] _once;
    private readonly Matrix[] _twiceGradients;
    private readonly RoundTrip[] _trips;
    private readonly LossTerm[] _terms;
    private readonly Scratch _twice;
    private readonly Scratch _difference;

    /// <summary>Makes the loss of two or more modalities.</summary>
    /// <param name="graph">A, spots × spots.</param>
    /// <param name="latents">Z of each modality, spots × width; their gradients are set.</param>
    /// <param name="once">A Z of each modality.</param>
    /// <param name="twiceGradients">Receives dL/d(A A Z) of each modality.</param>
    /// <param name="trips">V W of each modality.</param>
    /// <param name="terms">Receives the loss of each modality.</param>
    /// <param name="partition">How rows are cut.</param>
    /// <param name="threads">Threads of the team.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public CorrespondenceLoss(
        CsrMatrix graph,
        IReadOnlyList<Variable> latents,
        IReadOnlyList<Matrix> once,
        IReadOnlyList<Matrix> twiceGradients,
        IReadOnlyList<RoundTrip> trips,
        IReadOnlyList<LossTerm> terms,
        RowPartition partition,
        int threads,
        Arena arena)
    {
        _graph = graph;
        _latents = [.. latents];
        _once = [.. once];
        _twiceGradients = [.. twiceGradients];
        _trips = [.. trips];
        _terms = [.. terms];
        _twice = new Scratch(partition, latents[0].Width, threads, arena);
        _difference = new Scratch(partition, latents[0].Width, threads, arena);
    }

    /// <summary>
    /// Loss and gradients of a tile: of the latents as targets, of the round trips, and of A A Z, which the caller takes back
    /// through Aᵀ twice.
    /// </summary>
    /// <returns>A row strand.</returns>
    public RowWork Forward() => tile =>
    {
        foreach (RoundTrip trip in _trips)
            trip.Map.OpenPartial(tile);
        for (int m = 0; m < _latents.Length; m++)
            Modality(tile, m);
    };

    private void Modality(in RowTile tile, int m)
    {
        Matrix once = _once[m], latent = _latents[m].Value, twiceGradient = _twiceGradients[m];
        float* twice = _twice.Mine, difference = _difference.Mine;
        int stride = latent.Stride;
        double count = (double)latent.Rows * latent.Columns * (_latents.Length - 1), squares = 0;
        var factor = (float)(2 * _terms[m].Factor / count);
        Gather.Run(new GatherOperands
        {
            Graph = _graph,
            X = once.Data,
            XStride = once.Stride,
            Y = twice,
            YStride = stride,
            Width = stride,
            Start = tile.Start,
            End = tile.End,
        });
        bool first = true;
        for (int other = 0; other < _latents.Length; other++)
        {
            if (other == m)
                continue;
            Parameter map = _trips[other].Map;
            GemmOperands product = Gemm.Rows(latent, tile.Start, tile.End, map.Packed, difference, stride);
            product.A = twice;
            Gemm.Run(product);
            squares += Differences(tile, m, difference, factor, first);
            Gemm.Run(Gemm.Transposed(twice, stride, latent.Columns, difference, stride, stride, tile.Rows, map.Partial(tile.Chunk), accumulate: true));
            product.A = difference;
            product.B = map.PackedTransposed.Data;
            product.PanelStride = map.PackedTransposed.PanelStride;
            product.C = At(twiceGradient, tile.Start);
            product.Accumulate = !first;
            Gemm.Run(product);
            first = false;
        }

        _terms[m].Add(tile, squares / count);
    }

    /// <summary>Turns round trips into gradients, and gives the latents theirs.</summary>
    private double Differences(in RowTile tile, int m, float* trips, float factor, bool first)
    {
        Variable latent = _latents[m];
        int stride = latent.Value.Stride;
        Vector512<float> scale = Vector512.Create(factor);
        double sum = 0;
        for (int row = tile.Start; row < tile.End; row++, trips += stride)
        {
            float* z = At(latent.Value, row), dz = At(latent.Gradient, row);
            Vector512<float> squares = Vector512<float>.Zero;
            for (int j = 0; j < stride; j += 16)
            {
                Vector512<float> difference = Vector512.Load(trips + j) - Vector512.Load(z + j);
                squares = Vector512.FusedMultiplyAdd(difference, difference, squares);
                Vector512<float> gradient = scale * difference;
                gradient.Store(trips + j);
                (first ? -gradient : Vector512.Load(dz + j) - gradient).Store(dz + j);
            }

            sum += VectorMath.Sum(squares);
        }

        return sum;
    }

    private static float* At(Matrix matrix, int row) => matrix.Data + ((long)row * matrix.Stride);
}
