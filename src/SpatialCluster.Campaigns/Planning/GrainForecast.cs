using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>
/// Memory and time of grains before they run. Training is forecast by the method itself; the rest by figures per value and spot
/// that were rounded up. Time is rough.
/// </summary>
internal sealed class GrainForecast(int threads)
{
    private const long Base = 64L << 20;

    // A value and its column, and so many copies of a table while it is read or prepared.
    private const int BytesPerValue = 8;
    private const int CopiesOfTable = 3;

    private readonly Dictionary<(MethodOptions Options, long Spots, string Widths), long> _runs = [];

    public static (long Bytes, double Seconds) Slice(Scenario scenario)
    {
        long values = scenario.Dataset.Sizes.Sum(s => s.Values);
        return (Base + values * BytesPerValue * CopiesOfTable, 0.1 + values * 100e-9);
    }

    public static (long Bytes, double Seconds) Modality(DatasetPlan dataset, int modality, PreprocessingOptions options)
    {
        TableSize size = dataset.Sizes[modality];
        return (
            Base + size.Values * BytesPerValue * CopiesOfTable + dataset.Spots * (Width(dataset, modality, options) + 32L) * sizeof(double) * 4,
            0.1 + size.Values * 200e-9 + dataset.Spots * 50e-6);
    }

    public (long Bytes, double Seconds) Run(Scenario scenario, MethodVariant variant, MethodOptions options, IReadOnlyList<PreprocessingOptions> preprocessing)
    {
        DatasetPlan dataset = scenario.Dataset;
        int[] widths = [.. scenario.Present.Select(m => Width(dataset, m, preprocessing[m]))];
        (MethodOptions, long, string) key = (options, dataset.Spots, string.Join(',', widths));
        if (!_runs.TryGetValue(key, out long bytes))
        {
            bytes = Forecast(variant, options, (int)long.Min(dataset.Spots, int.MaxValue), widths);
            _runs.Add(key, bytes);
        }

        return (Base + bytes + dataset.Spots * widths.Sum(w => (long)w) * sizeof(float), 0.1 + MethodRate.Seconds(variant.Method, options, dataset.Spots, widths.Length));
    }

    public static (long Bytes, double Seconds) Evaluation(DatasetPlan dataset, ClusteringOptions clustering, bool umap)
    {
        long spots = dataset.Spots;
        double each = 300e-6 + 5e-9 * spots + (umap ? 600e-6 : 0);
        return (Base + spots * (clustering.Neighbours * 64L + 2048), 0.2 + spots * each);
    }

    public static (long Bytes, double Seconds) Report(IReadOnlyList<ReportRow> rows, long spots) =>
        (2 * Base + rows.Count * 4096L + spots * 1024, 1 + rows.Count * 0.01);

    private long Forecast(MethodVariant variant, MethodOptions options, int spots, int[] widths)
    {
        try
        {
            return variant.Method.ForecastBytes(int.Max(spots, 1), widths, options, threads);
        }
        catch (BadInputException refusal)
        {
            throw (variant.Ablation?.Place ?? variant.Entry.Place).Error(refusal);
        }
    }

    private static int Width(DatasetPlan dataset, int modality, PreprocessingOptions options)
    {
        long features = dataset.Sizes[modality].Features;
        long wished = options is PassThroughOptions ? features : options.Components ?? features;
        return (int)long.Clamp(long.Min(wished, features), 1, 65536);
    }
}
