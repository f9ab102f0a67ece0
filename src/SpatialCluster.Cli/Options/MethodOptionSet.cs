using System.CommandLine;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Options;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Cli.Options;

/// <summary>Method, preset, every hyper-parameter and every ablation.</summary>
internal sealed class MethodOptionSet : OptionSet
{
    private readonly Option<string?> _method;
    private readonly Option<string?> _preset;
    private readonly Option<ulong?> _seed;
    private readonly Option<string[]> _parameters;
    private readonly Option<bool> _noCosine;
    private readonly Option<bool> _noContrastive;
    private readonly List<Option<string?>> _named = [];

    public MethodOptionSet()
        : base("Method (numbers left out come from the preset)")
    {
        _method = One<string?>("--method", "METHOD", $"The integration method: {string.Join(", ", MethodCatalogue.All.Select(m => m == MethodCatalogue.SpaMi ? $"{m.Name} (default)" : m.Name))}.");
        _preset = One<string?>("--preset", "PRESET", $"Published parameters to start from; by method: {string.Join("; ", MethodCatalogue.All.Select(m => $"{m.Name}: {string.Join(", ", m.Presets.Select(p => p.Name))}"))}.");
        _seed = One<ulong?>("--seed", "N", "Decides everything that is drawn (default 0). Same input, options and seed: same bytes.");
        Named("--epochs", "N", "Passes over the slice, at least 1.");
        Named("--learning-rate", "R", "The optimiser's step size, above 0.");
        Named("--weight-decay", "R", "The optimiser's L2 decay, 0 or more.");
        Named("--neighbors", "N", "Spatial neighbours of a spot, at least 1.");
        Named("--hidden-width", "N", "SpaMI: width of the hidden layers.");
        Named("--embedding-width", "N", "Width of the embedding.");
        Named("--dropout", "P", "SpaMI: chance of an input to be dropped while training, 0 up to but not 1.");
        Named("--contrastive-weights", "W,W,…", "SpaMI: weight of the contrastive loss per modality; the last holds for all further ones.");
        Named("--reconstruction-weights", "W,W,…", "Weight of the reconstruction loss per modality, likewise.");
        Named("--cosine-weight", "W", "SpaMI: weight of the cosine loss.");
        _noCosine = Flag("--no-cosine", "SpaMI, ablation: train without the cosine loss.");
        _noContrastive = Flag("--no-contrastive", "SpaMI, ablation: train without the contrastive loss.");
        Named("--fusion", "FUSION", "SpaMI: how modalities become one: attention (default), or concatenation (ablation).");
        _parameters = Many("--parameter", "NAME=VALUE", $"Any parameter of the method by its name; {string.Join("; ", MethodCatalogue.All.Where(m => m != MethodCatalogue.SpaMi).Select(m => $"{m.Name}: {Known(m)}"))}.");
    }

    /// <summary>Options that a loaded model settles; none of them may be given beside one.</summary>
    public IEnumerable<Option> SettledByModel => Options.Where(option => option != _seed);

    /// <summary>The method that is asked for.</summary>
    /// <exception cref="BadInputException">No such method.</exception>
    public IntegrationMethod ReadMethod(ParseResult result) =>
        result.GetValue(_method) is { } name ? MethodCatalogue.Named(name) : MethodCatalogue.SpaMi;

    /// <summary>The preset that is asked for.</summary>
    /// <exception cref="BadInputException">No such preset.</exception>
    public Preset ReadPreset(ParseResult result, IntegrationMethod method, IReadOnlyList<ModalityKind> kinds) =>
        result.GetValue(_preset) is { } name ? method.Preset(name) : method.DefaultPreset(kinds);

    /// <summary>The seed that was given.</summary>
    public ulong? ReadSeed(ParseResult result) => result.GetValue(_seed);

    /// <summary>The preset's hyper-parameters with what was given in their place.</summary>
    /// <exception cref="BadInputException">A parameter that the method does not have, or out of range.</exception>
    public MethodOptions Read(ParseResult result, IntegrationMethod method, MethodOptions preset)
    {
        MethodOptions options = preset;
        foreach (Option<string?> option in _named)
        {
            if (result.GetValue(option) is { } value)
                options = With(options, method, option.Name, option.Name[2..], value);
        }

        if (result.GetValue(_noCosine))
            options = With(options, method, _noCosine.Name, "cosine", "off");
        if (result.GetValue(_noContrastive))
            options = With(options, method, _noContrastive.Name, "contrastive", "off");
        foreach (string text in result.GetValue(_parameters) ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw new BadInputException($"{_parameters.Name} is '{text}'; it must be NAME=VALUE, as in {_parameters.Name} {OptionRecord.Names(options.GetType())[0]}=1.");
            options = With(options, method, $"{_parameters.Name} {text}", text[..equals], text[(equals + 1)..]);
        }

        options.Validate();
        return options;
    }

    private static MethodOptions With(MethodOptions options, IntegrationMethod method, string given, string name, string value)
    {
        IReadOnlyList<string> known = OptionRecord.Names(options.GetType());
        if (!known.Contains(name, StringComparer.Ordinal))
            throw new BadInputException($"{given}: the method {method.Name} has no parameter '{name}'; {Suggestions.Sentence(name, [.. known])}");
        try
        {
            return OptionRecord.With(options, name, value);
        }
        catch (BadInputException wrong)
        {
            throw new BadInputException($"{given}: {wrong.Message}", wrong);
        }
    }

    private static string Known(IntegrationMethod method) => string.Join(", ", OptionRecord.Names(method.Presets[0].Options.GetType()));

    private void Named(string name, string value, string description) => _named.Add(One<string?>(name, value, description));
}
