using System.Globalization;
using System.Security.Cryptography;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Campaigns.Tables;

/// <summary>What reports and tables call datasets, methods and runs. Nothing of time or machines is in it.</summary>
public static class TableRecords
{
    // Bounds of what scores can be reached; no contender.
    private static readonly IntegrationMethod[] s_controls = [MethodCatalogue.Pca, MethodCatalogue.Random, MethodCatalogue.Truth];

    /// <summary>The dataset of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The dataset, with what was done to it.</returns>
    public static CampaignDataset DatasetOf(ReportRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new CampaignDataset(row.Dataset, row.Dataset, PerturbationOf(row), row.DatasetType);
    }

    /// <summary>The method of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The method, with what sets it apart from others.</returns>
    public static CampaignMethod MethodOf(ReportRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string title = MethodCatalogue.All.FirstOrDefault(m => m.Name == row.Method)?.Title ?? row.Method;
        string label = row.Variant.Length > 0 && !row.Ablation ? $" ({row.Variant})" : "";
        return new CampaignMethod
        {
            Id = row.Method + label,
            Title = title + label,
            Preset = row.Preset,
            Version = row.MethodVersion.ToString(CultureInfo.InvariantCulture),
            Ablation = row.Ablation ? row.Variant : "",
            Overrides = row.Overrides,
            Clusterer = row.Clusterer,
            IsControl = Array.Exists(s_controls, m => m.Name == row.Method),
        };
    }

    /// <summary>A row with what was found: done where its evaluation is there, and missing else.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The run, without time and memory.</returns>
    public static CampaignRun RunOf(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var run = new CampaignRun
        {
            Dataset = DatasetOf(row.Row),
            Method = MethodOf(row.Row),
            Seed = row.Row.Seed,
            Status = CampaignRunStatus.Missing,
            Epochs = (int?)row.Run?.Values["epochs"],
        };
        if (row is not { Result: { } result, Figures: { } figures })
            return run;
        return run with
        {
            Status = CampaignRunStatus.Done,
            DomainsWanted = figures.Wanted,
            DomainsFound = figures.Domains,
            Resolution = figures.Resolution,
            DomainSizes = figures.Sizes,
            Scores = figures.Scores.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
            MoranPerDomain = [.. figures.Moran.Select(m => m ?? double.NaN)],
            Digest = Convert.ToHexStringLower(SHA256.HashData(result.ToJson())),
            Notes = figures.Notes,
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
}
