using System.CommandLine;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Cli.Options;

/// <summary>Method, preset, every hyper-parameter and every ablation.</summary>
internal sealed class MethodOptions : OptionSet
{
    /// <summary>The one method there is.</summary>
    public const string SpaMi = "spami";

    private readonly Option<string?> _method;
    private readonly Option<string?> _preset;
    private readonly Option<ulong?> _seed;
    private readonly Option<int?> _epochs;
    private readonly Option<double?> _learningRate;
    private readonly Option<double?> _weightDecay;
    private readonly Option<int?> _neighbours;
    private readonly Option<int?> _hiddenWidth;
    private readonly Option<int?> _embeddingWidth;
    private readonly Option<double?> _dropout;
    private readonly Option<string?> _contrastiveWeights;
    private readonly Option<string?> _reconstructionWeights;
    private readonly Option<double?> _cosineWeight;
    private readonly Option<bool> _noCosine;
    private readonly Option<bool> _noContrastive;
    private readonly Option<string?> _fusion;

    public MethodOptions()
        : base("Method (numbers left out come from the preset)")
    {
        _method = One<string?>("--method", "METHOD", "The integration method: spami (default).");
        _preset = One<string?>("--preset", "PRESET", $"Published parameters to start from: {string.Join(", ", Presets.All.Select(p => p.Name == Presets.Default ? $"{p.Name} (default)" : p.Name))}.");
        _seed = One<ulong?>("--seed", "N", "Decides everything that is drawn (default 0). Same input, options and seed: same bytes.");
        _epochs = One<int?>("--epochs", "N", "Passes over the slice, at least 1.");
        _learningRate = One<double?>("--learning-rate", "R", "Adam's step size, above 0.");
        _weightDecay = One<double?>("--weight-decay", "R", "Adam's L2 decay, 0 or more.");
        _neighbours = One<int?>("--neighbors", "N", "Spatial neighbours of a spot, at least 1.");
        _hiddenWidth = One<int?>("--hidden-width", "N", "Width of the hidden layers.");
        _embeddingWidth = One<int?>("--embedding-width", "N", "Width of the embedding.");
        _dropout = One<double?>("--dropout", "P", "Chance of an input to be dropped while training, 0 up to but not 1.");
        _contrastiveWeights = One<string?>("--contrastive-weights", "W,W,…", "Weight of the contrastive loss per modality; the last holds for all further ones.");
        _reconstructionWeights = One<string?>("--reconstruction-weights", "W,W,…", "Weight of the reconstruction loss per modality, likewise.");
        _cosineWeight = One<double?>("--cosine-weight", "W", "Weight of the cosine loss.");
        _noCosine = Flag("--no-cosine", "Ablation: train without the cosine loss.");
        _noContrastive = Flag("--no-contrastive", "Ablation: train without the contrastive loss.");
        _fusion = One<string?>("--fusion", "FUSION", "How modalities become one: attention (default), or concatenation (ablation).");
    }

    /// <summary>The preset that is asked for.</summary>
    /// <exception cref="BadInputException">No such method or preset.</exception>
    public Preset ReadPreset(ParseResult result)
    {
        string method = result.GetValue(_method) ?? SpaMi;
        return method == SpaMi
            ? Presets.Named(result.GetValue(_preset) ?? Presets.Default)
            : throw new BadInputException($"There is no method '{method}'; --method knows {SpaMi}.");
    }

    /// <summary>The seed that was given.</summary>
    public ulong? ReadSeed(ParseResult result) => result.GetValue(_seed);

    /// <summary>The preset's hyper-parameters with what was given in their place.</summary>
    public SpaMiOptions Read(ParseResult result, SpaMiOptions preset)
    {
        SpaMiOptions options = preset with
        {
            Epochs = result.GetValue(_epochs) ?? preset.Epochs,
            LearningRate = result.GetValue(_learningRate) ?? preset.LearningRate,
            WeightDecay = result.GetValue(_weightDecay) ?? preset.WeightDecay,
            Neighbours = result.GetValue(_neighbours) ?? preset.Neighbours,
            HiddenWidth = result.GetValue(_hiddenWidth) ?? preset.HiddenWidth,
            EmbeddingWidth = result.GetValue(_embeddingWidth) ?? preset.EmbeddingWidth,
            Dropout = result.GetValue(_dropout) ?? preset.Dropout,
            ContrastiveWeights = result.GetValue(_contrastiveWeights) is { } contrastive ? ValueText.Numbers(_contrastiveWeights.Name, contrastive) : preset.ContrastiveWeights,
            ReconstructionWeights = result.GetValue(_reconstructionWeights) is { } reconstruction ? ValueText.Numbers(_reconstructionWeights.Name, reconstruction) : preset.ReconstructionWeights,
            CosineWeight = result.GetValue(_cosineWeight) ?? preset.CosineWeight,
            Cosine = preset.Cosine && !result.GetValue(_noCosine),
            Contrastive = preset.Contrastive && !result.GetValue(_noContrastive),
            Fusion = result.GetValue(_fusion) switch
            {
                null => preset.Fusion,
                "attention" => Fusion.Attention,
                "concatenation" => Fusion.Concatenation,
                string other => throw new BadInputException($"--fusion is '{other}'; it must be attention or concatenation."),
            },
        };
        options.Validate();
        return options;
    }

    /// <summary>Options that a loaded model settles; none of them may be given beside one.</summary>
    public IEnumerable<Option> SettledByModel => Options.Where(option => option != _method && option != _seed);
}
