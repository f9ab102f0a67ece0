using SpatialCluster.Data.Preprocessing;

namespace SpatialCluster.Cli.Options;

/// <summary>One option of preprocessing.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Apply">Gives the changed options; null where this kind of preprocessing has no such thing.</param>
internal sealed record PreprocessingSetting(string Name, Func<PreprocessingOptions, string, PreprocessingOptions?> Apply)
{
    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<PreprocessingSetting> All { get; } =
    [
        new("--components", Components),
        new("--hvg", (o, text) => o is RnaPreprocessingOptions rna ? rna with { HighlyVariableGenes = text == "all" ? null : ValueText.Count("--hvg", text, 1) } : null),
        new("--min-spots", (o, text) => o switch
        {
            RnaPreprocessingOptions rna => rna with { MinSpots = ValueText.Count("--min-spots", text, 0) },
            ProteinPreprocessingOptions protein => protein with { MinSpots = ValueText.Count("--min-spots", text, 0) },
            MetabolitePreprocessingOptions metabolite => metabolite with { MinSpots = ValueText.Count("--min-spots", text, 0) },
            _ => null,
        }),
        new("--min-spot-fraction", (o, text) => o is AtacPreprocessingOptions atac ? atac with { MinSpotFraction = ValueText.Number("--min-spot-fraction", text, 0, 1) } : null),
        new("--target-total", (o, text) => o switch
        {
            RnaPreprocessingOptions rna => rna with { TargetTotal = Total(text) },
            AtacPreprocessingOptions atac => atac with { TargetTotal = Total(text) },
            MetabolitePreprocessingOptions metabolite => metabolite with { TargetTotal = text == "median" ? null : Total(text) },
            _ => null,
        }),
        new("--total-ion-count", (o, text) => o is MetabolitePreprocessingOptions metabolite ? metabolite with { TotalIonCount = ValueText.OnOff("--total-ion-count", text) } : null),
        new("--log", (o, text) => o is MetabolitePreprocessingOptions metabolite ? metabolite with { LogTransform = ValueText.OnOff("--log", text) } : null),
        new("--scale", (o, text) => o is MetabolitePreprocessingOptions metabolite ? metabolite with { Scale = ValueText.OnOff("--scale", text) } : null),
        new("--clip", (o, text) => o is MetabolitePreprocessingOptions metabolite ? metabolite with { Clip = text == "none" ? null : ValueText.Number("--clip", text, double.Epsilon) } : null),
    ];

    private static PreprocessingOptions? Components(PreprocessingOptions options, string text)
    {
        bool optional = options is RnaPreprocessingOptions or ProteinPreprocessingOptions or MetabolitePreprocessingOptions;
        return options is PassThroughOptions ? null
            : text == "none" && optional ? options with { Components = null }
            : options with { Components = ValueText.Count("--components", text, 1), FewerComponents = false };
    }

    private static double Total(string text) => ValueText.Number("--target-total", text, double.Epsilon);
}
