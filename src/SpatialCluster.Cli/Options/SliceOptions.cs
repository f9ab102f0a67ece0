using System.CommandLine;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Cli.Options;

/// <summary>Which files make the slice, and how they are read.</summary>
internal sealed class SliceOptions : OptionSet
{
    private readonly Option<string[]> _modality;
    private readonly Option<string[]> _layer;
    private readonly Option<string[]> _part;
    private readonly Option<string[]> _kind;
    private readonly Option<string[]> _preprocessed;
    private readonly Option<string[]> _featuresInRows;
    private readonly Option<string[]> _featureNames;
    private readonly Option<string[]> _spotNames;
    private readonly Option<string?> _coordinates;
    private readonly Option<string?> _truth;
    private readonly Option<string?> _name;
    private readonly Option<bool> _allowUnmatched;
    private readonly Option<bool> _keepOffTissue;

    public SliceOptions()
        : base("Input")
    {
        _modality = Many("--modality", "NAME=FILE", "A modality and its file: .h5ad, .h5mu, 10x .h5 or folder, flat .h5, CSV, TSV, MatrixMarket, gzipped or not. The name tells the kind: rna, protein (adt), atac, histone (h3k27ac), metabolite (msi). Give it once per modality.", required: true);
        _layer = Many("--layer", "[NAME=]LAYER", "The layer to read instead of X: counts, or raw for raw/X.");
        _part = Many("--part", "[NAME=]PART", "The table of an .h5mu file, or the feature type of a 10x file.");
        _kind = Many("--kind", "NAME=KIND", "What a modality measures where its name does not tell: rna, protein, atac, histone, metabolite.");
        _preprocessed = Many("--preprocessed", "NAME", "The values are features ready for the model, not counts.");
        _featuresInRows = ManyOrNone("--features-in-rows", "NAME", "In a text file, features lie in rows and spots in columns.");
        _featureNames = Many("--feature-names", "[NAME=]FILE", "The feature names of a MatrixMarket file that has none beside it.");
        _spotNames = Many("--spot-names", "[NAME=]FILE", "The spot names of a MatrixMarket file that has none beside it.");
        _coordinates = One<string?>("--coordinates", "FILE[:X,Y]", "Where the spots lie, for files that do not tell: xy.csv, xy.csv:x,y, xy.csv:spot,x,y, or 'names' where spots are called like 12x34.");
        _truth = One<string?>("--truth", "FILE:COLUMN", "Known labels to score against: labels.csv:domain, labels.csv:spot,domain, or obs:COLUMN of the first file.");
        _name = One<string?>("--name", "NAME", "What to call the slice (default: the first file's name).");
        _allowUnmatched = Flag("--allow-unmatched", "Go on when fewer than 95 % of the spots are in all modalities.");
        _keepOffTissue = Flag("--keep-off-tissue", "Keep spots that the coordinates file says lie off the tissue.");
    }

    /// <summary>The slice that is asked for; every modality's kind is known.</summary>
    /// <exception cref="BadInputException">An option makes no sense.</exception>
    public SliceRequest Read(ParseResult result)
    {
        (string Name, string Path)[] files = [.. (result.GetValue(_modality) ?? []).Select(NameAndPath)];
        string[] names = [.. files.Select(f => f.Name)];
        NamedValues layers = Values(_layer), parts = Values(_part), kinds = Values(_kind), featureNames = Values(_featureNames), spotNames = Values(_spotNames);
        string[] preprocessed = Names(result.GetValue(_preprocessed) ?? [], names, "--preprocessed");
        string[]? inRows = result.GetResult(_featuresInRows) is null ? null : Names(result.GetValue(_featuresInRows) ?? [], names, "--features-in-rows");
        return new SliceRequest
        {
            Modalities =
            [
                .. files.Select(file => WithKind(new ModalityRequest
                {
                    Name = file.Name,
                    Path = file.Path,
                    Kind = kinds.For(file.Name) is { } kind ? Kind(kind) : null,
                    Preprocessed = preprocessed.Contains(file.Name, StringComparer.Ordinal),
                    Options = new ReadOptions
                    {
                        Layer = layers.For(file.Name),
                        Part = parts.For(file.Name),
                        FeaturesInRows = inRows is not null && (inRows.Length == 0 || inRows.Contains(file.Name, StringComparer.Ordinal)) ? true : null,
                        FeatureNamesFile = featureNames.For(file.Name),
                        SpotNamesFile = spotNames.For(file.Name),
                    },
                })),
            ],
            Name = result.GetValue(_name),
            Coordinates = result.GetValue(_coordinates) is { } coordinates ? CoordinatesSource.Parse(coordinates) : null,
            Truth = result.GetValue(_truth) is { } truth ? TruthSource.Parse(truth) : null,
            AllowUnmatched = result.GetValue(_allowUnmatched),
            KeepOffTissue = result.GetValue(_keepOffTissue),
        };

        NamedValues Values(Option<string[]> option) => new(option.Name, result.GetValue(option), names);
    }

    /// <summary>Reads a kind's name.</summary>
    public static ModalityKind Kind(string text) =>
        Enum.TryParse(text, ignoreCase: true, out ModalityKind kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(text[0])
            ? kind
            : throw new BadInputException($"There is no kind of modality '{text}'; use rna, protein, atac, histone or metabolite.");

    private static ModalityRequest WithKind(ModalityRequest request) => request with { Kind = ModalityKinds.Of(request) };

    private static (string Name, string Path) NameAndPath(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? (text[..equals], text[(equals + 1)..])
            : throw new BadInputException($"--modality {text}: write NAME=FILE, as in --modality rna=a.h5ad.");
    }

    private static string[] Names(IEnumerable<string> given, string[] modalities, string option)
    {
        string[] names = [.. given.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries))];
        return Array.Find(names, name => !modalities.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? throw new BadInputException($"{option} {unknown}: there is no modality '{unknown}'; there is {string.Join(", ", modalities)}.")
            : names;
    }
}
