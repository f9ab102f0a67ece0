using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Training;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.SpatialGlue;

/// <summary>One modality's encoder, attention over its graphs, and decoder, with their memory.</summary>
internal sealed class ModalityTower
{
    private readonly CsrMatrix _spatialGraph;
    private readonly CsrMatrix? _featureGraph;
    private readonly Matrix _features;
    private readonly Matrix _hidden;
    private readonly Variable _spatial;
    private readonly Variable? _feature;

    public ModalityTower(string name, int index, Matrix features, TowerSite site)
    {
        (SpatialGlueOptions options, RowPartition rows, Arena arena) = (site.Options, site.Rows, site.Arena);
        int width = options.EmbeddingWidth, spots = rows.Rows;
        _features = features;
        _spatialGraph = site.Graphs.Spatial;
        Encoder = new LinearMap($"encoder.{name}.weight", features.Columns, width, rows, arena);
        Decoder = new LinearMap($"decoder.{name}.weight", width, features.Columns, rows, arena);
        _hidden = arena.Allocate(spots, width);
        Latent = Variable.Allocate(arena, spots, width);
        _spatial = Latent;
        if (options.FeatureGraph)
        {
            _featureGraph = site.Graphs.Features[index];
            _spatial = Variable.Allocate(arena, spots, width);
            _feature = Variable.Allocate(arena, spots, width);
            Within = new ModalityAttention([_spatial, _feature], Latent, rows, site.Threads, arena, $"attention.{name}");
        }

        // The gradient of the reconstruction takes the reconstruction's place: each element is read before it is written.
        Matrix reconstruction = arena.Allocate(spots, features.Columns);
        Reconstruction = new Variable(reconstruction, reconstruction);
        ReconstructionTerm = new LossTerm($"reconstruction/{name}", MethodOptions.WeightOf(options.ReconstructionWeights, index), rows);
        ReconstructionLoss = new ReconstructionLoss(features, Reconstruction, ReconstructionTerm);
        if (site.Correspondence)
        {
            Trip = new RoundTrip(Decoder.Weights, Encoder.Weights, rows, arena);
            Once = arena.Allocate(spots, width);
            TwiceGradient = arena.Allocate(spots, width);
            CorrespondenceTerm = new LossTerm($"correspondence/{name}", MethodOptions.WeightOf(options.CorrespondenceWeights, index), rows);
        }
    }

    public LinearMap Encoder { get; }

    public LinearMap Decoder { get; }

    /// <summary>Over the spatial and the feature graph; null without the latter.</summary>
    public ModalityAttention? Within { get; }

    public Variable Latent { get; }

    public Variable Reconstruction { get; }

    public ReconstructionLoss ReconstructionLoss { get; }

    public LossTerm ReconstructionTerm { get; }

    public LossTerm? CorrespondenceTerm { get; }

    public RoundTrip? Trip { get; }

    /// <summary>A Z; later dL/d(A Z).</summary>
    public Matrix? Once { get; }

    public Matrix? TwiceGradient { get; }

    public IEnumerable<Parameter> Parameters =>
        [Encoder.Weights, Decoder.Weights, .. Within is null ? (Parameter[])[] : [Within.Weights, Within.Query]];

    /// <summary>X W, which both graphs then spread.</summary>
    public RowWork Narrow() => Encoder.Forward(_features, _hidden);

    public RowWork Encode()
    {
        RowWork spatial = Propagation.Of(_spatialGraph, _hidden, _spatial.Value);
        return Within is null ? spatial : Schedule.Chain(spatial, Propagation.Of(_featureGraph!, _hidden, _feature!.Value), Within.Forward());
    }

    public RowWork PropagateLatent() => Propagation.Of(_spatialGraph, Latent.Value, Once!);

    public RowWork BackwardTwice() => Propagation.Of(_spatialGraph, TwiceGradient!, Once!);

    /// <summary>Completes the latent's gradient, and takes it to both graphs'.</summary>
    public RowWork BackwardLatent()
    {
        var chain = new List<RowWork>();
        if (Once is not null)
            chain.Add(Propagation.Of(_spatialGraph, Once, Latent.Gradient, accumulate: true));
        if (Within is not null)
        {
            chain.Add(tile =>
            {
                _spatial.Gradient.Clear(tile.Start, tile.End);
                _feature!.Gradient.Clear(tile.Start, tile.End);
            });
            chain.Add(Within.Backward());
        }

        return Schedule.Chain(chain);
    }

    public RowWork BackwardEncoder()
    {
        // X W is dead by now: its gradient takes its memory.
        RowWork spatial = Propagation.Of(_spatialGraph, _spatial.Gradient, _hidden);
        RowWork weights = Encoder.BackwardWeights(_features, _hidden);
        return _feature is null
            ? Schedule.Chain(spatial, weights)
            : Schedule.Chain(spatial, Propagation.Of(_featureGraph!, _feature.Gradient, _hidden, accumulate: true), weights);
    }
}
