using System.Globalization;
using SpatialCluster.Compute.Options;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>
/// How fast a method is: seconds of one core per spot, two modalities, on the machine of <c>docs/performance.md</c>. Rough: they
/// order runs and fill a progress bar. A method that is not listed counts as one that trains like the slowest.
/// </summary>
/// <param name="Method">Its name.</param>
/// <param name="PerEpoch">Per spot and epoch (or iteration).</param>
/// <param name="PerSpot">Per spot, whatever the epochs.</param>
internal sealed record MethodRate(string Method, double PerEpoch, double PerSpot)
{
    private const int UsualEpochs = 500;

    private static readonly MethodRate s_other = new("", 15e-6, 0);

    private static readonly MethodRate[] s_all =
    [
        new("spami", 15e-6, 20e-6),
        new("spatialglue", 12e-6, 100e-6),
        new("mofa", 10e-6, 100e-6),
        new("wnn", 0, 2e-3),
        new("pca", 0, 0.5e-3),
        new("random", 0, 1e-6),
        new("truth", 0, 1e-6),
    ];

    /// <summary>Seconds of a run.</summary>
    /// <param name="method">The method.</param>
    /// <param name="options">Its options: <c>epochs</c> or <c>iterations</c> count, where it has any.</param>
    /// <param name="spots">Spots.</param>
    /// <param name="modalities">Modalities.</param>
    public static double Seconds(IntegrationMethod method, MethodOptions options, long spots, int modalities)
    {
        MethodRate rate = Array.Find(s_all, r => r.Method == method.Name) ?? s_other;
        var json = OptionRecord.ToJson(options);
        string? epochs = (json["epochs"] ?? json["iterations"])?.ToJsonString();
        double count = double.TryParse(epochs, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : UsualEpochs;
        return spots * (rate.PerEpoch * count + rate.PerSpot) * modalities / 2;
    }
}
