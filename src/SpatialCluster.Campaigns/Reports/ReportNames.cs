using System.Text.Json.Nodes;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Options;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Campaigns.Reports;

/// <summary>What reports call datasets and methods.</summary>
internal static class ReportNames
{
    public static CampaignDataset DatasetOf(ReportRow row) => new(row.Dataset, row.Dataset, PerturbationOf(row));

    /// <summary>The method of a row, with what sets it apart from others.</summary>
    /// <param name="row">The row.</param>
    /// <param name="run">The spec of its training run; null where it is not known.</param>
    public static CampaignMethod MethodOf(ReportRow row, TrainingRunSpec? run)
    {
        IntegrationMethod? method = MethodCatalogue.All.FirstOrDefault(m => m.Name == row.Method);
        string label = row.Variant.Length > 0 && !row.Ablation ? $"{method?.Title ?? row.Method} ({row.Variant})" : method?.Title ?? row.Method;
        return new CampaignMethod
        {
            Id = row.Variant.Length > 0 && !row.Ablation ? $"{row.Method} ({row.Variant})" : row.Method,
            Title = label,
            Preset = row.Preset,
            Version = method?.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
            Ablation = row.Ablation ? row.Variant : "",
            Overrides = row.Ablation || run is null || method is null ? "" : Overrides(run, method.Presets.FirstOrDefault(p => p.Name == row.Preset)),
            Clusterer = row.Clusterer,
            IsControl = row.Method is "pca" or "random" or "truth",
        };
    }

    private static CampaignPerturbation? PerturbationOf(ReportRow row) => row.Perturbation switch
    {
        "none" => null,
        Perturbation.Noise => new CampaignPerturbation("gaussian_noise", "Gaussian noise", row.Level, UnperturbedLevel: 0),
        Perturbation.Dropout => new CampaignPerturbation("dropout", "dropout", row.Level, UnperturbedLevel: 0),
        Perturbation.Depth => new CampaignPerturbation("depth", "share of counts kept", row.Level, UnperturbedLevel: 1),
        _ => new CampaignPerturbation("modality_removal", "removal of a modality", null, $"without {row.Without}"),
    };

    private static string Overrides(TrainingRunSpec run, Preset? preset)
    {
        if (preset is null)
            return "";
        JsonObject usual = OptionRecord.ToJson(preset.Options);
        return string.Join(", ", OptionRecord.ToJson(run.Options).Where(o => !JsonNode.DeepEquals(o.Value, usual[o.Key])).Select(o => $"{o.Key} {o.Value}"));
    }
}
