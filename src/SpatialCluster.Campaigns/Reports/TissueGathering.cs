using System.Globalization;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Tables;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Data.Slices;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Campaigns.Reports;

/// <summary>Reads what is drawn of each slice: places, truth, and of the first finished seed of each method domains and layout.</summary>
/// <param name="table">The rows.</param>
/// <param name="results">The results there are.</param>
/// <param name="open">Opens bytes of the store.</param>
/// <param name="methods">What the methods are called.</param>
internal sealed class TissueGathering(CampaignTable table, IReadOnlyDictionary<GrainKey, GrainResult?> results, Func<ContentDigest, Stream> open, ShownMethods methods)
{
    public IReadOnlyList<CampaignTissue> Gather()
    {
        var tissues = new List<CampaignTissue>();
        foreach (IGrouping<CampaignDataset, TableRow> group in table.Rows.Where(r => r.Result is not null && !r.Row.Ablation).GroupBy(r => TableRecords.DatasetOf(r.Row)))
        {
            TableRow[] shown = [.. group.DistinctBy(r => MethodOf(r.Row))];
            if (results[shown[0].Row.Slice] is not { } slice)
                continue;
            var places = StoredPlaces.Load(slice, open);
            tissues.Add(new CampaignTissue(
                group.Key,
                new SpotPlaces(places.Coordinates.X, places.Coordinates.Y),
                places.Truth is { } truth ? new SpotLabels("Domain", truth.Codes, truth.Categories) : null,
                [.. shown.Select(r => Map(r, MethodOf(r.Row), places.Coordinates))]));
        }

        return tissues;
    }

    private CampaignMethod MethodOf(ReportRow row) => methods.Of(TableRecords.MethodOf(row));

    private CampaignMap Map(TableRow row, CampaignMethod method, SpotCoordinates places)
    {
        var arrays = new StoredArrays(row.Result!, open);
        int[] labels = arrays.List<int>(EvaluationWork.Domains);
        string[] names = [.. Enumerable.Range(1, row.Figures!.Domains).Select(d => d.ToString(CultureInfo.InvariantCulture))];
        EmbeddingPlot? plot = null;
        if (arrays.Has(EvaluationWork.Umap))
        {
            (int spots, int width, float[] values) = arrays.Table<float>(EvaluationWork.Umap);
            plot = new EmbeddingPlot("UMAP 1", "UMAP 2", Column(0), Column(1));

            double[] Column(int column) => [.. Enumerable.Range(0, spots).Select(spot => (double)values[(spot * width) + column])];
        }

        return labels.Length == places.Count
            ? new CampaignMap(method, row.Row.Seed, new SpotLabels("Domain", labels, names), plot)
            : throw new InvalidDataException($"{row.Row.Evaluation} has {labels.Length} labels for {places.Count} spots.");
    }
}
