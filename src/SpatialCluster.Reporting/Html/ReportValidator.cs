using SpatialCluster.Compute.Errors;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Html;

/// <summary>Refuses reports whose parts are not about the same spots.</summary>
internal static class ReportValidator
{
    public static void Check(IntegrationReport report)
    {
        int spots = report.Places.X.Length;
        CheckCount("y coordinates", report.Places.Y.Length, spots);
        for (int spot = 0; spot < spots; spot++)
        {
            if (!double.IsFinite(report.Places.X[spot]) || !double.IsFinite(report.Places.Y[spot]))
                throw new BadInputException($"Report: spot {spot} lies at ({report.Places.X[spot]}, {report.Places.Y[spot]}), which cannot be drawn; give it finite coordinates.");
        }

        CheckLabels("domains", report.Domains, spots);
        if (report.Truth is { } truth)
            CheckLabels("true domains", truth, spots);
        foreach (ReportModality modality in report.Modalities)
            CheckCount($"attention weights of '{modality.Name}'", modality.Attention?.Length ?? spots, spots);
        CheckCount("first components", report.Embedding?.X.Length ?? spots, spots);
        CheckCount("second components", report.Embedding?.Y.Length ?? spots, spots);
    }

    private static void CheckLabels(string what, SpotLabels labels, int spots)
    {
        CheckCount(what, labels.Codes.Length, spots);
        foreach (int code in labels.Codes)
        {
            if (code < -1 || code >= labels.Categories.Count)
                throw new BadInputException($"Report: {what} name category {code} of {labels.Categories.Count}; use 0 to {labels.Categories.Count - 1}, or -1 where the label is missing.");
        }
    }

    private static void CheckCount(string what, int count, int spots)
    {
        if (count != spots)
            throw new BadInputException($"Report: there are {count} {what} for {spots} spots; give one per spot.");
    }
}
