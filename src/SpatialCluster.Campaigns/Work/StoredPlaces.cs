using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Campaigns.Work;

/// <summary>What a slice's grain tells without its counts: places, truth, and which modalities there are.</summary>
public sealed record StoredPlaces
{
    internal const string CoordinatesName = "coordinates.npy";
    internal const string TruthOutput = "truth.npy";

    /// <summary>Where the spots lie, to the last bit.</summary>
    public required SpotCoordinates Coordinates { get; init; }

    /// <summary>The true domain of each spot, −1 where unknown; null where the slice has no truth.</summary>
    public required SpotAnnotation? Truth { get; init; }

    /// <summary>The modalities, in the slice's order.</summary>
    public required IReadOnlyList<StoredModality> Modalities { get; init; }

    /// <summary>How many different domains the truth has among the spots; null where there is no truth.</summary>
    public int? Domains => Truth?.Codes.Where(code => code >= 0).Distinct().Count();

    /// <summary>Reads them.</summary>
    /// <param name="slice">The result of the slice's grain.</param>
    /// <param name="open">Opens bytes of the store.</param>
    /// <returns>Places and truth.</returns>
    public static StoredPlaces Load(GrainResult slice, Func<ContentDigest, Stream> open)
    {
        var arrays = new StoredArrays(slice, open);
        (int spots, int width, double[] places) = arrays.Table<double>(CoordinatesName);
        var x = new double[spots];
        var y = new double[spots];
        for (int spot = 0; spot < spots; spot++)
            (x[spot], y[spot]) = (places[spot * width], places[(spot * width) + 1]);
        return new StoredPlaces
        {
            Coordinates = new SpotCoordinates(x, y),
            Truth = slice.Values["truth"] is JsonObject truth
                ? new SpotAnnotation((string)truth["name"]!, arrays.List<int>(TruthOutput), [.. truth["categories"]!.AsArray().Select(c => (string)c!)])
                : null,
            Modalities = [.. slice.Values["modalities"]!.AsArray().Select(m => StoredModality.Parse(m!.AsObject()))],
        };
    }
}
