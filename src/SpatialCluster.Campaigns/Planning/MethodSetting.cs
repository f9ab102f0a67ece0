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
    /// <summary>The parameters that differ from the preset's.</summary>
    public string Overrides
    {
        get
        {
            JsonObject usual = OptionRecord.ToJson(Preset.Options);
            return string.Join(", ", OptionRecord.ToJson(Options).Where(o => !JsonNode.DeepEquals(o.Value, usual[o.Key])).Select(o => $"{o.Key} {o.Value?.ToString() ?? "none"}"));
        }
    }
}
