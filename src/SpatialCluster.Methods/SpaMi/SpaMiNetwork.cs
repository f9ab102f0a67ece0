using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>
/// SpaMI (Gao, Yang &amp; Zhang, PLoS Comput Biol 2025) for one or more modalities: per modality a graph encoder run on true and
/// on shuffled features with a contrastive loss between them, attention over the embeddings, and a graph decoder from the
/// fused embedding. The loss is Σₘ cₘ contrastiveₘ + Σₘ rₘ reconstructionₘ + w · (1 − mean cosine over pairs).
/// </summary>
public sealed partial class SpaMiNetwork : ITrainableNetwork
{
    private readonly SpaMiOptions _options;
    private readonly RowPartition _rows;
    private readonly RandomStream _random;
    private readonly IReadOnlyList<ModalityTower> _towers;
    private readonly Variable _fused;
    private readonly ModalityAttention? _attention;
    private readonly Concatenation? _concatenation;
    private readonly Adam _adam;
    private readonly Schedule _training;
    private readonly Schedule _inference;
    private int _epoch;

    /// <summary>Cuts a network from an arena; with a counting arena, only its size comes out.</summary>
    /// <param name="names">The modalities' names, which name their parameters.</param>
    /// <param name="features">Per modality spots × features, preprocessed.</param>
    /// <param name="graphs">The spatial neighbourhood.</param>
    /// <param name="options">Hyper-parameters.</param>
    /// <param name="seed">Decides initial weights, dropout and shuffles.</param>
    /// <param name="threads">Threads of the team that it will run on.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public SpaMiNetwork(
        IReadOnlyList<string> names, IReadOnlyList<Matrix> features, SpaMiGraphs graphs, SpaMiOptions options, ulong seed, int threads, Arena arena)
    {
        options.Validate();
        _options = options;
        _rows = new RowPartition(features[0].Rows);
        _random = new RandomStream(seed).Derive("spami");
        _adam = new Adam(options.LearningRate, options.WeightDecay);
        CsrMatrix? readoutTransposed = options.Contrastive && !arena.IsMeasuring ? graphs.Readout.Transpose() : null;
        int fusedWidth = options.Fusion == Fusion.Attention ? options.EmbeddingWidth : options.EmbeddingWidth * features.Count;
        _fused = Variable.Allocate(arena, _rows.Rows, fusedWidth);
        var site = new TowerSite(graphs, readoutTransposed ?? graphs.Readout, options, _rows, threads, arena, _random);
        _towers = [.. names.Select((name, m) => new ModalityTower(name, m, features[m], _fused, site))];
        IReadOnlyList<Variable> embeddings = [.. _towers.Select(t => t.Embedding)];
        if (options.Fusion == Fusion.Attention)
            _attention = new ModalityAttention(embeddings, _fused, _rows, threads, arena);
        else
            _concatenation = new Concatenation(embeddings, _fused);

        Parameters = [.. _towers.SelectMany(t => t.Parameters), .. _attention is null ? (Parameter[])[] : [_attention.Weights, _attention.Query]];
        Losses = [.. _towers.SelectMany(t => t.Losses)];
        if (options.Cosine && features.Count > 1)
        {
            var term = new LossTerm("cosine", options.CosineWeight, _rows) { Offset = 1 };
            Losses = [.. Losses, term];
            _training = TrainingSchedule(new CosineLoss(embeddings, term));
        }
        else
        {
            _training = TrainingSchedule(cosine: null);
        }

        _inference = InferenceSchedule();
    }

    /// <summary>All trained parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The terms of the loss, with their values of the last epoch.</summary>
    public IReadOnlyList<LossTerm> Losses { get; }

    /// <summary>The fused embedding of the last <see cref="Infer"/>, spots × width.</summary>
    public Matrix Embedding => _fused.Value;

    /// <summary>Attention weights of the last <see cref="Infer"/>, spots × modalities; null without attention.</summary>
    public Matrix? Attention => _attention?.Alpha;

    /// <inheritdoc/>
    public Adam Optimiser => _adam;

    /// <summary>A modality's parts.</summary>
    internal IReadOnlyList<ModalityTower> Towers => _towers;

    /// <summary>The bytes that a training takes beside its arena: dropout masks and shuffles.</summary>
    /// <param name="features">Per modality spots × features.</param>
    /// <param name="options">Hyper-parameters.</param>
    /// <returns>The size in bytes.</returns>
    public static long ManagedBytes(IReadOnlyList<Matrix> features, SpaMiOptions options)
    {
        long bytes = 0;
        foreach (Matrix matrix in features)
        {
            int passes = options.Contrastive ? 2 : 1;
            if (options.Dropout > 0)
                bytes += (passes * DropoutMask.BytesFor(matrix.Rows, matrix.Columns)) + DropoutMask.BytesFor(matrix.Rows, options.EmbeddingWidth);
            if (options.Contrastive)
                bytes += (long)matrix.Rows * sizeof(int);
        }

        return bytes;
    }

    /// <summary>One modality's embedding of the last <see cref="Infer"/>.</summary>
    /// <param name="modality">Its index.</param>
    /// <returns>Spots × embedding width.</returns>
    public Matrix ModalityEmbedding(int modality) => _towers[modality].Embedding.Value;

    /// <summary>One modality's reconstructed features of the last <see cref="Infer"/>.</summary>
    /// <param name="modality">Its index.</param>
    /// <returns>Spots × features.</returns>
    public Matrix Reconstruction(int modality) => _towers[modality].Reconstruction.Value;

    /// <summary>Draws initial weights as the original does: Glorot-uniform matrices, zero biases.</summary>
    public void Initialise()
    {
        foreach (ModalityTower tower in _towers)
            tower.Initialise(_random);
        if (_attention is not null)
        {
            int width = _attention.Fused.Width;
            _attention.Weights.InitialiseGlorot(_random.Derive(_attention.Weights.Name), width, width);
            _attention.Query.InitialiseGlorot(_random.Derive(_attention.Query.Name), width, 1);
        }

        PackParameters();
    }

    /// <summary>To be called after parameters were set from outside.</summary>
    public void PackParameters()
    {
        foreach (Parameter parameter in Parameters)
            parameter.Pack();
    }

    /// <summary>One epoch: forward, backward, Adam. <see cref="Losses"/> then hold the loss before the step.</summary>
    /// <param name="epoch">Its number, from 0; with the seed it decides dropout and shuffle.</param>
    /// <param name="team">The threads.</param>
    public void Train(int epoch, ThreadTeam team)
    {
        _epoch = epoch;
        _adam.Advance();
        _training.Run(team);
    }

    /// <summary>Computes embedding, attention and reconstructions with the present weights, without dropout.</summary>
    /// <param name="team">The threads.</param>
    public void Infer(ThreadTeam team) => _inference.Run(team);
}
