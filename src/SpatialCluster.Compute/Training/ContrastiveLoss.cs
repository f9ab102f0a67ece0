using System.Runtime.Intrinsics;
using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// SpaMI's contrastive loss for one modality: the readout g = σ(normalise(mean of the neighbourhood's embeddings)), a
/// bilinear discriminator zᵀ W g + b, and binary cross-entropy that tells the embedding at the readout's own spot from the
/// shuffled one; the same with the two embeddings exchanged. Leaves the gradients of both embeddings.
/// </summary>
public sealed unsafe class ContrastiveLoss
{
    /// <summary>As PyTorch's <c>normalize</c>: a norm counts as at least this.</summary>
    private const float SmallestNorm = 1e-12f;

    private readonly CsrMatrix _readout;
    private readonly CsrMatrix _readoutTransposed;
    private readonly Variable[] _embeddings;
    private readonly Matrix[] _readoutGradients;
    private readonly LossTerm _term;
    private readonly Scratch _normalised;
    private readonly Scratch _summary;
    private readonly Scratch _projected;
    private readonly Scratch _projectedGradient;

    /// <summary>Makes the block; its parameters are zero until somebody sets them.</summary>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="readout">Row-normalised neighbourhood (each spot and its neighbours), spots × spots.</param>
    /// <param name="readoutTransposed">Its transpose.</param>
    /// <param name="embedding">From the true features; its gradient is set (not added to).</param>
    /// <param name="shuffled">From the shuffled features; likewise.</param>
    /// <param name="readoutGradients">Room for two matrices shaped as the embeddings.</param>
    /// <param name="term">Receives the loss.</param>
    /// <param name="partition">How rows are cut.</param>
    /// <param name="threads">Threads of the team.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public ContrastiveLoss(
        string name, CsrMatrix readout, CsrMatrix readoutTransposed, Variable embedding, Variable shuffled,
        IReadOnlyList<Matrix> readoutGradients, LossTerm term, RowPartition partition, int threads, Arena arena)
    {
        _readout = readout;
        _readoutTransposed = readoutTransposed;
        _embeddings = [embedding, shuffled];
        _readoutGradients = [.. readoutGradients];
        _term = term;
        Weights = new Parameter($"{name}.discriminator.weight", embedding.Width, embedding.Width, partition, arena);
        Bias = new Parameter($"{name}.discriminator.bias", 1, 1, partition, arena);
        _normalised = new Scratch(partition, embedding.Width, threads, arena);
        _summary = new Scratch(partition, embedding.Width, threads, arena);
        _projected = new Scratch(partition, embedding.Width, threads, arena);
        _projectedGradient = new Scratch(partition, embedding.Width, threads, arena);
    }

    /// <summary>W, width × width.</summary>
    public Parameter Weights { get; }

    /// <summary>b.</summary>
    public Parameter Bias { get; }

    /// <summary>Receives the logits while training is examined, spots × 4: own and other embedding at the true readout, then at the shuffled one.</summary>
    public Matrix? Logits { get; set; }

    /// <summary>Loss of a tile, and all gradients but those that flow through neighbours.</summary>
    /// <returns>A row strand.</returns>
    public RowWork Forward() => tile =>
    {
        Weights.OpenPartial(tile);
        Bias.OpenPartial(tile);
        double loss = 0;
        for (int pass = 0; pass < 2; pass++)
            loss += Pass(tile, pass);
        _term.Add(tile, loss / (2.0 * _embeddings[0].Value.Rows));
    };

    /// <summary>Adds the gradients that flow through neighbours, after <see cref="Forward"/> of all rows.</summary>
    /// <returns>A row strand.</returns>
    public RowWork Backward() => tile =>
    {
        for (int pass = 0; pass < 2; pass++)
        {
            Matrix from = _readoutGradients[pass], to = _embeddings[pass].Gradient;
            Gather.Run(new GatherOperands
            {
                Graph = _readoutTransposed,
                X = from.Data,
                XStride = from.Stride,
                Y = At(to, tile.Start),
                YStride = to.Stride,
                Width = to.Stride,
                Start = tile.Start,
                End = tile.End,
                Accumulate = true,
            });
        }
    };

    private double Pass(RowTile tile, int pass)
    {
        Variable own = _embeddings[pass], other = _embeddings[1 - pass];
        int width = own.Width, stride = own.Value.Stride;
        float* normalised = _normalised.Mine, summary = _summary.Mine, projected = _projected.Mine, gradient = _projectedGradient.Mine;
        float* norms = stackalloc float[tile.Rows];
        Gather.Run(new GatherOperands
        {
            Graph = _readout,
            X = own.Value.Data,
            XStride = stride,
            Y = normalised,
            YStride = stride,
            Width = stride,
            Start = tile.Start,
            End = tile.End,
        });
        for (int i = 0; i < tile.Rows; i++)
            norms[i] = Summarise(normalised + ((long)i * stride), summary + ((long)i * stride), width, stride);

        // V = G Wᵀ, so that a logit is z · v + b.
        Gemm.Run(Product(summary, stride, Weights.PackedTransposed, projected, tile.Rows));
        double loss = Discriminate(tile, pass, own, other, projected, gradient);
        Gemm.Run(Gemm.Transposed(gradient, stride, width, summary, stride, stride, tile.Rows, Weights.Partial(tile.Chunk), accumulate: true));

        // dG = dV W takes V's place, then flows back through the sigmoid and the normalisation.
        Gemm.Run(Product(gradient, stride, Weights.Packed, projected, tile.Rows));
        Matrix target = _readoutGradients[pass];
        for (int i = 0; i < tile.Rows; i++)
        {
            long place = (long)i * stride;
            ThroughReadout(normalised + place, summary + place, projected + place, norms[i], At(target, tile.Start + i), stride);
        }

        return loss;
    }

    private double Discriminate(RowTile tile, int pass, Variable own, Variable other, float* projected, float* gradient)
    {
        int stride = own.Value.Stride, padded = (tile.Rows + 15) & ~15;
        float* positive = stackalloc float[padded];
        float* negative = stackalloc float[padded];
        float bias = Bias.Value.Data[0];
        for (int i = 0; i < tile.Rows; i++)
        {
            float* v = projected + ((long)i * stride);
            positive[i] = RowKernels.Dot(At(own.Value, tile.Start + i), v, stride) + bias;
            negative[i] = RowKernels.Dot(At(other.Value, tile.Start + i), v, stride) + bias;
            if (Logits is not null)
                (Logits[tile.Start + i, 2 * pass], Logits[tile.Start + i, (2 * pass) + 1]) = (positive[i], negative[i]);
        }

        double loss = 0;
        float factor = (float)(_term.Factor / (2.0 * own.Value.Rows));
        for (int i = 0; i < padded; i += 16)
        {
            Vector512<float> p = Vector512.Load(positive + i), n = Vector512.Load(negative + i);
            Vector512<float> losses = VectorMath.Softplus(-p) + VectorMath.Softplus(n);
            for (int lane = 0; lane < int.Min(16, tile.Rows - i); lane++)
                loss += losses[lane];
            (Vector512.Create(-factor) * VectorMath.Sigmoid(-p)).Store(positive + i);
            (Vector512.Create(factor) * VectorMath.Sigmoid(n)).Store(negative + i);
        }

        float biasGradient = 0;
        for (int i = 0; i < tile.Rows; i++)
        {
            int row = tile.Start + i;
            float* v = projected + ((long)i * stride), dv = gradient + ((long)i * stride);
            RowKernels.Scale(positive[i], At(own.Value, row), dv, stride);
            RowKernels.AddScaled(negative[i], At(other.Value, row), dv, stride);
            if (pass == 0)
            {
                RowKernels.Scale(positive[i], v, At(own.Gradient, row), stride);
                RowKernels.Scale(negative[i], v, At(other.Gradient, row), stride);
            }
            else
            {
                RowKernels.AddScaled(positive[i], v, At(own.Gradient, row), stride);
                RowKernels.AddScaled(negative[i], v, At(other.Gradient, row), stride);
            }

            biasGradient += positive[i] + negative[i];
        }

        Bias.Partial(tile.Chunk).Data[0] += biasGradient;
        return loss;
    }

    /// <summary>Normalises a mean in place, writes its sigmoid (with zero padding) and returns its norm.</summary>
    private static float Summarise(float* mean, float* summary, int width, int stride)
    {
        float norm = MathF.Max(MathF.Sqrt(RowKernels.Dot(mean, mean, stride)), SmallestNorm);
        RowKernels.Scale(1 / norm, mean, mean, stride);
        for (int j = 0; j < stride; j += 16)
            VectorMath.Sigmoid(Vector512.Load(mean + j)).Store(summary + j);
        for (int j = width; j < stride; j++)
            summary[j] = 0;
        return norm;
    }

    private static void ThroughReadout(float* normalised, float* summary, float* gradient, float norm, float* result, int width)
    {
        Vector512<float> one = Vector512.Create(1f);
        for (int j = 0; j < width; j += 16)
        {
            Vector512<float> g = Vector512.Load(summary + j);
            (Vector512.Load(gradient + j) * (g * (one - g))).Store(result + j);
        }

        float along = RowKernels.Dot(normalised, result, width);
        RowKernels.AddScaled(-along, normalised, result, width);
        RowKernels.Scale(1 / norm, result, result, width);
    }

    private static GemmOperands Product(float* a, int stride, PackedMatrix b, float* c, int rows) => new()
    {
        A = a,
        RowStride = stride,
        InnerStride = 1,
        B = b.Data,
        BStride = PackedMatrix.PanelWidth,
        PanelStride = b.PanelStride,
        C = c,
        CStride = stride,
        Rows = rows,
        Inner = b.Rows,
        Width = b.Width,
    };

    private static float* At(Matrix matrix, int row) => matrix.Data + ((long)row * matrix.Stride);
}
