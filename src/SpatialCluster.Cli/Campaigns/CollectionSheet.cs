using System.Globalization;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>What was taken out of a store, for people.</summary>
internal static class CollectionSheet
{
    public static void Write(Sheet sheet, CollectionReport report)
    {
        sheet.Title(report.DryRun ? $"{Size(report.Bytes)} would be freed" : $"{Size(report.Bytes)} were freed");
        sheet.Facts(
        [
            ("campaigns", report.Campaigns.Count == 0 ? "none" : string.Join(", ", report.Campaigns)),
            ("grains", report.Grains.ToString("N0", CultureInfo.InvariantCulture)),
            ("blobs", report.Blobs.ToString("N0", CultureInfo.InvariantCulture)),
            ("temporary files", report.Temporary.ToString("N0", CultureInfo.InvariantCulture)),
        ]);
        if (report.Young > 0)
            sheet.Line($"{report.Young:N0} more ({Size(report.YoungBytes)}) are spared as too young; --grace says how old they must be.");
    }

    /// <summary>Such as <c>1.2 MB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => (bytes / 1e3).ToString("0.0 kB", CultureInfo.InvariantCulture),
        < 1_000_000_000 => (bytes / 1e6).ToString("0.0 MB", CultureInfo.InvariantCulture),
        _ => (bytes / 1e9).ToString("0.00 GB", CultureInfo.InvariantCulture),
    };
}
