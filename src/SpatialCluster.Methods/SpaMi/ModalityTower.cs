using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Training;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>One modality's encoder, discriminator and decoder, with their memory.</summary>
internal sealed class ModalityTower
{
    private readonly string _name;
    private readonly ulong _shuffleKey;
    private readonly RandomStream _shuffleStream = new(0);

    public ModalityTower(string name, int index, Matrix features, Variable fused, TowerSite site)
    {
        (SpaMiOptions options, RowPartition rows, Arena arena) = (site.Options, site.Rows, site.Arena);
        _name = name;
        _shuffleKey = RandomStream.DeriveKey(site.Random.Key, $"shuffle/{name}");
        int width = options.EmbeddingWidth, spots = rows.Rows;
        Encoder = new GraphConvolutionPair(
            $"encoder.{name}", site.Graphs.Adjacency, site.Graphs.Adjacency, features.Columns, options.HiddenWidth, width, rows, site.Threads, arena);
        Decoder = new GraphConvolutionPair(
            $"decoder.{name}", site.Graphs.Adjacency, site.Graphs.Adjacency, fused.Width, options.HiddenWidth, features.Columns, rows, site.Threads, arena);

        Embedding = Variable.Allocate(arena, spots, width);
        Matrix narrow = arena.Allocate(spots, width);
        Branches = [new GraphBranch(features, options.HiddenWidth, Embedding, narrow, Mask(features.Columns, "input"), order: null, arena)];
        Losses = [new LossTerm($"reconstruction/{name}", MethodOptions.WeightOf(options.ReconstructionWeights, index), rows)];
        if (options.Contrastive)
        {
            Shuffle = arena.IsMeasuring ? [] : new int[spots];
            Shuffled = Variable.Allocate(arena, spots, width);
            Matrix shuffledNarrow = arena.Allocate(spots, width);
            Branches = [.. Branches, new GraphBranch(features, options.HiddenWidth, Shuffled, shuffledNarrow, Mask(features.Columns, "shuffled"), Shuffle, arena)];
            var term = new LossTerm($"contrastive/{name}", MethodOptions.WeightOf(options.ContrastiveWeights, index), rows);

            // What the second sparse product gathered is dead by then: its memory takes the readouts' gradients.
            Contrastive = new ContrastiveLoss(
                $"encoder.{name}", site.Graphs.Readout, site.ReadoutTransposed, Embedding, Shuffled, [narrow, shuffledNarrow], term, rows, site.Threads, arena);
            Losses = [term, .. Losses];
        }

        // The gradient of the reconstruction takes the reconstruction's place: each element is read before it is written.
        Matrix reconstruction = arena.Allocate(spots, features.Columns);
        Reconstruction = new Variable(reconstruction, reconstruction);
        ReconstructionLoss = new ReconstructionLoss(features, Reconstruction, Losses[^1]);
        Decoding = new GraphBranch(
            fused.Value, options.HiddenWidth, Reconstruction, arena.Allocate(spots, features.Columns), Mask(fused.Width, "decoder"), order: null, arena);

        // The shuffled embedding is dead once its loss is known.
        DecodingGradient = Shuffled is not null && fused.Width == width ? Shuffled.Value : arena.Allocate(spots, fused.Width);

        DropoutMask? Mask(int columns, string use) => options.Dropout == 0 || arena.IsMeasuring
            ? null
            : new DropoutMask(spots, columns, options.Dropout, RandomStream.DeriveKey(site.Random.Key, $"dropout/{use}/{name}"));
    }

    public GraphConvolutionPair Encoder { get; }

    public GraphConvolutionPair Decoder { get; }

    public ContrastiveLoss? Contrastive { get; }

    public ReconstructionLoss ReconstructionLoss { get; }

    /// <summary>The terms of the loss; the reconstruction comes last.</summary>
    public IReadOnlyList<LossTerm> Losses { get; }

    /// <summary>The pass over the true features, then the one over the shuffled, where there is one.</summary>
    public IReadOnlyList<GraphBranch> Branches { get; }

    public GraphBranch Decoding { get; }

    public Matrix DecodingGradient { get; }

    public Variable Embedding { get; }

    public Variable? Shuffled { get; }

    public Variable Reconstruction { get; }

    public int[]? Shuffle { get; }

    public IEnumerable<DropoutMask> Masks => Branches.Append(Decoding).Select(b => b.Mask).OfType<DropoutMask>();

    public IEnumerable<Parameter> Parameters =>
        [.. Encoder.Parameters, .. Decoder.Parameters, .. Contrastive is null ? (Parameter[])[] : [Contrastive.Weights, Contrastive.Bias]];

    /// <summary>Draws the row order of the shuffled pass; shuffles a test has set are kept.</summary>
    public void DrawShuffle(int epoch)
    {
        if (KeepsShuffle)
            return;
        _shuffleStream.Restart(RandomStream.DeriveKey(_shuffleKey, (ulong)epoch));
        _shuffleStream.Permutation(Shuffle);
    }

    /// <summary>Whether the shuffle stays as it was set.</summary>
    internal bool KeepsShuffle { get; set; }

    public void Initialise(RandomStream random)
    {
        foreach (Parameter weights in new[] { Encoder.Weights1, Encoder.Weights2, Decoder.Weights1, Decoder.Weights2 })
            weights.InitialiseGlorot(random.Derive(weights.Name), weights.Value.Rows, weights.Value.Columns);
        if (Contrastive is not null)
        {
            // PyTorch counts the fans of the bilinear form's 1 × width × width tensor so.
            double width = Contrastive.Weights.Value.Columns;
            Contrastive.Weights.InitialiseGlorot(random.Derive(Contrastive.Weights.Name), width * width, width);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _name;
}
