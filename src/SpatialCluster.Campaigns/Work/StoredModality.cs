using System.Text.Json.Nodes;
using SpatialCluster.Compute.Options;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Campaigns.Work;

/// <summary>One modality as a slice's grain tells of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it measures.</param>
/// <param name="Features">How many features.</param>
/// <param name="NonZeros">Stored values other than zero.</param>
public sealed record StoredModality(string Name, ModalityKind Kind, int Features, long NonZeros)
{
    /// <summary>The output of the slice's grain that holds the counts.</summary>
    public string Output => $"{Name}.h5ad";

    internal JsonObject Json => new()
    {
        ["name"] = Name,
        ["measures"] = OptionRecord.NameOf(Kind.ToString()),
        ["features"] = Features,
        ["nonzeros"] = NonZeros,
    };

    internal static StoredModality Parse(JsonObject json) => new(
        (string)json["name"]!,
        Enum.Parse<ModalityKind>((string)json["measures"]!, ignoreCase: true),
        (int)json["features"]!,
        (long)json["nonzeros"]!);
}
