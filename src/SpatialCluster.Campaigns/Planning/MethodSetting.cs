using System.Text.Json.Nodes;
using SpatialCluster.Compute.Options;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>A variant's parameters on one dataset.</summary>
/// <param name="Preset">The preset.</param>
/// <param name="Options">Hyper-parameters.</param>
/// <param name="Preprocessing">Per modality of the dataset.</param>
internal sealed record MethodSetting(Preset Preset, MethodOptions Options, IReadOnlyList<PreprocessingOptions> Preprocessing)
{
    /// <summary>The parameters that differ from the preset's, as rows have them.</summary>
    public string Overrides { get; } = Difference(Preset.Options, Options);

    private static string Difference(MethodOptions preset, MethodOptions options)
    {
        JsonObject usual = OptionRecord.ToJson(preset);
        return string.Join(", ", OptionRecord.ToJson(options).Where(o => !JsonNode.DeepEquals(o.Value, usual[o.Key])).Select(o => $"{o.Key} {o.Value?.ToString() ?? "none"}"));
    }
}
