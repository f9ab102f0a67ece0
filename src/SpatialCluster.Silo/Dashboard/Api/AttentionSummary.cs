using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Work;

namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary>How the weights of each modality spread over the spots.</summary>
internal static class AttentionSummary
{
    private const int Bins = 40;

    public static byte[] Of(GrainResult run, Func<ContentDigest, Stream> open)
    {
        (int spots, int width, float[] values) = new StoredArrays(run, open).Table<float>(StoredRun.Attention);
        string[] names = [.. run.Values["modalities"]!.AsArray().Select(m => (string)m!)];
        return ApiJson.Bytes(new
        {
            spots,
            bins = Bins,
            modalities = Enumerable.Range(0, width).Select(m =>
            {
                float[] weights = [.. Enumerable.Range(0, spots).Select(s => values[(s * width) + m]).Where(float.IsFinite).Order()];
                var histogram = new int[Bins];
                foreach (float weight in weights)
                    histogram[int.Clamp((int)(weight * Bins), 0, Bins - 1)]++;
                return new
                {
                    name = m < names.Length ? names[m] : $"modality {m + 1}",
                    mean = weights.Length == 0 ? (double?)null : Math.Round(weights.Average(w => (double)w), 6),
                    quantiles = new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(q => weights.Length == 0 ? (double?)null : Math.Round(weights[(int)(q * (weights.Length - 1))], 6)),
                    histogram,
                };
            }),
        });
    }
}
