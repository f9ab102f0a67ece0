using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.SpatialGlue;

/// <summary>
/// SpatialGlue (Long et al., Nature Methods 2024) for one or more modalities. With A the spatial graph and Fₘ the feature graph
/// of modality m: Zₘ = attention(A Xₘ Wₘ, Fₘ Xₘ Wₘ), Z = attention(Z₁ … Zₙ), reconstructions A Z Vₘ. The loss is
/// Σₘ rₘ MSE(Xₘ, A Z Vₘ) + Σₘ cₘ / (n − 1) Σₒ MSE(Zₘ, A (A Zₘ Vₒ) Wₒ) over the others o ≠ m: with two modalities the
/// original's, where o is the other; with more, the mean over all others.
/// </summary>
public sealed partial class SpatialGlueNetwork : ITrainableNetwork
{
    private readonly RowPartition _rows;
    private readonly RandomStream _random;
    private readonly CsrMatrix _spatialGraph;
    private readonly ModalityTower[] _towers;
    private readonly Variable _fused;
    private readonly Matrix _spread;
    private readonly ModalityAttention _cross;
    private readonly CorrespondenceLoss? _correspondence;
    private readonly Schedule _training;
    private readonly Schedule _inference;

    /// <summary>Cuts a network from an arena; with a counting arena, only its size comes out.</summary>
    /// <param name="names">The modalities' names, which name their parameters.</param>
    /// <param name="features">Per modality spots × features, preprocessed.</param>
    /// <param name="graphs">In space and in features.</param>
    /// <param name="options">Hyper-parameters.</param>
    /// <param name="seed">Decides initial weights.</param>
    /// <param name="threads">Threads of the team that it will run on.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public SpatialGlueNetwork(
        IReadOnlyList<string> names, IReadOnlyList<Matrix> features, SpatialGlueGraphs graphs, SpatialGlueOptions options, ulong seed, int threads, Arena arena)
    {
        options.Validate();
        _rows = new RowPartition(features[0].Rows);
        _random = new RandomStream(seed).Derive("spatialglue");
        _spatialGraph = graphs.Spatial;
        Optimiser = new Adam(options.LearningRate, options.WeightDecay);
        bool correspondence = options.Correspondence && features.Count > 1;
        var site = new TowerSite(graphs, options, correspondence, _rows, threads, arena);
        _towers = [.. names.Select((name, m) => new ModalityTower(name, m, features[m], site))];
        _fused = Variable.Allocate(arena, _rows.Rows, options.EmbeddingWidth);
        _spread = arena.Allocate(_rows.Rows, options.EmbeddingWidth);
        _cross = new ModalityAttention([.. _towers.Select(t => t.Latent)], _fused, _rows, threads, arena, "attention.cross");
        Parameters = [.. _towers.SelectMany(t => t.Parameters), _cross.Weights, _cross.Query];
        Losses = [.. _towers.Select(t => t.ReconstructionTerm), .. _towers.Select(t => t.CorrespondenceTerm).OfType<LossTerm>()];
        if (correspondence)
        {
            _correspondence = new CorrespondenceLoss(
                _spatialGraph,
                [.. _towers.Select(t => t.Latent)],
                [.. _towers.Select(t => t.Once!)],
                [.. _towers.Select(t => t.TwiceGradient!)],
                [.. _towers.Select(t => t.Trip!)],
                [.. _towers.Select(t => t.CorrespondenceTerm!)],
                _rows,
                threads,
                arena);
        }

        _training = TrainingSchedule();
        _inference = InferenceSchedule();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LossTerm> Losses { get; }

    /// <inheritdoc/>
    public Adam Optimiser { get; }

    /// <summary>The fused embedding of the last <see cref="Infer"/>, spots × width, before the original's normalisation of rows.</summary>
    public Matrix Embedding => _fused.Value;

    /// <summary>Attention over the modalities of the last <see cref="Infer"/>, spots × modalities.</summary>
    public Matrix Attention => _cross.Alpha;

    /// <summary>How many modalities there are.</summary>
    public int Modalities => _towers.Length;

    /// <summary>One modality's latent of the last <see cref="Infer"/>.</summary>
    /// <param name="modality">Its index.</param>
    /// <returns>Spots × width.</returns>
    public Matrix Latent(int modality) => _towers[modality].Latent.Value;

    /// <summary>One modality's attention over its spatial and its feature graph, of the last <see cref="Infer"/>.</summary>
    /// <param name="modality">Its index.</param>
    /// <returns>Spots × 2, rows summing to 1; null without feature graphs.</returns>
    public Matrix? GraphAttention(int modality) => _towers[modality].Within?.Alpha;

    /// <summary>One modality's reconstructed features of the last <see cref="Infer"/>.</summary>
    /// <param name="modality">Its index.</param>
    /// <returns>Spots × features.</returns>
    public Matrix Reconstruction(int modality) => _towers[modality].Reconstruction.Value;

    /// <summary>Draws initial weights as the original does: Glorot-uniform matrices.</summary>
    public void Initialise()
    {
        foreach (ModalityTower tower in _towers)
        {
            Glorot(tower.Encoder.Weights);
            Glorot(tower.Decoder.Weights);
            if (tower.Within is not null)
                Glorot(tower.Within);
        }

        Glorot(_cross);
        PackParameters();
    }

    /// <summary>To be called after parameters were set from outside.</summary>
    public void PackParameters()
    {
        foreach (Parameter parameter in Parameters)
            parameter.Pack();
    }

    /// <inheritdoc/>
    public void Train(int epoch, ThreadTeam team)
    {
        Optimiser.Advance();
        _training.Run(team);
    }

    /// <summary>Computes embedding, attention and reconstructions with the present weights.</summary>
    /// <param name="team">The threads.</param>
    public void Infer(ThreadTeam team) => _inference.Run(team);

    private void Glorot(ModalityAttention attention)
    {
        Glorot(attention.Weights);
        attention.Query.InitialiseGlorot(_random.Derive(attention.Query.Name), attention.Fused.Width, 1);
    }

    private void Glorot(Parameter weights) => weights.InitialiseGlorot(_random.Derive(weights.Name), weights.Value.Rows, weights.Value.Columns);
}
