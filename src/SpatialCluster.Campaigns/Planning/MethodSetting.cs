using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>A variant's parameters on one dataset.</summary>
/// <param name="Preset">The preset's name.</param>
/// <param name="Options">Hyper-parameters.</param>
/// <param name="Preprocessing">Per modality of the dataset.</param>
internal sealed record MethodSetting(string Preset, MethodOptions Options, IReadOnlyList<PreprocessingOptions> Preprocessing);
