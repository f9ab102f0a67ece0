using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>A method's entry, plain or with one ablation.</summary>
internal sealed record MethodVariant
{
    public required MethodEntry Entry { get; init; }

    public AblationEntry? Ablation { get; init; }

    public IntegrationMethod Method => Entry.Method;

    /// <summary>What tells it from the method's other variants.</summary>
    public string Name => string.Join(", ", new[] { Entry.Label, Ablation?.Name ?? "" }.Where(part => part.Length > 0));

    public string Title => Name.Length == 0 ? Method.Title : $"{Method.Title} ({Name})";

    /// <summary>The entry itself, then its ablations.</summary>
    public static IEnumerable<MethodVariant> Of(MethodEntry entry) =>
        [new MethodVariant { Entry = entry }, .. entry.Ablations.Select(ablation => new MethodVariant { Entry = entry, Ablation = ablation })];

    public bool RunsOn(DatasetPlan dataset) => Allows(Entry.Datasets, dataset) && (Ablation is null || Allows(Ablation.Datasets, dataset));

    public Preset PresetFor(DatasetPlan dataset) => Entry.Preset is { } name ? Method.Preset(name) : Method.DefaultPreset(dataset.Kinds);

    public MethodOptions Options(Preset preset) =>
        MethodReader.Apply(preset.Options, [.. Entry.Parameters, .. Ablation?.Parameters ?? []]);

    private static bool Allows(IReadOnlyList<string> names, DatasetPlan dataset) => names.Count == 0 || names.Contains(dataset.Entry.Name, StringComparer.Ordinal);
}
