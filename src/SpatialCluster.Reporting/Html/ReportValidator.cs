using SpatialCluster.Compute.Errors;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Html;

/// <summary>Refuses reports whose parts are not about the same spots.</summary>
internal static class ReportValidator
{
    public static void Check(IntegrationReport report)
    {
        int spots = report.Places.X.Length;
        CheckPlaces(report.Places);
        CheckLabels("domains", report.Domains, spots);
        if (report.Truth is { } truth)
            CheckLabels("true domains", truth, spots);
        foreach (ReportModality modality in report.Modalities)
            CheckCount($"attention weights of '{modality.Name}'", modality.Attention?.Length ?? spots, spots);
        CheckCount("first components", report.Embedding?.X.Length ?? spots, spots);
        CheckCount("second components", report.Embedding?.Y.Length ?? spots, spots);
    }

    public static void Check(CampaignReport report)
    {
        foreach (CampaignTissue tissue in report.Tissues)
        {
            int spots = tissue.Places.X.Length;
            string where = CampaignView.Name(tissue.Dataset);
            CheckPlaces(tissue.Places);
            if (tissue.Truth is { } truth)
                CheckLabels($"true domains of '{where}'", truth, spots);
            foreach (CampaignMap map in tissue.Maps)
            {
                CheckLabels($"domains of '{map.Method.Title}' on '{where}'", map.Domains, spots);
                CheckCount($"first coordinates of the embedding of '{map.Method.Title}' on '{where}'", map.Embedding?.X.Length ?? spots, spots);
                CheckCount($"second coordinates of the embedding of '{map.Method.Title}' on '{where}'", map.Embedding?.Y.Length ?? spots, spots);
            }
        }
    }

    private static void CheckPlaces(SpotPlaces places)
    {
        CheckCount("y coordinates", places.Y.Length, places.X.Length);
        for (int spot = 0; spot < places.X.Length; spot++)
        {
            if (!double.IsFinite(places.X[spot]) || !double.IsFinite(places.Y[spot]))
                throw new BadInputException($"Report: spot {spot} lies at ({places.X[spot]}, {places.Y[spot]}), which cannot be drawn; give it finite coordinates.");
        }
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
