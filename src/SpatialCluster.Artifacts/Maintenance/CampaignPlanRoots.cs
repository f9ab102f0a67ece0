using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>What a campaign holds: the grains and the inputs of its plan.</summary>
/// <param name="Campaign">Its id.</param>
/// <param name="Grains">Its grains.</param>
/// <param name="Inputs">Blobs that are given rather than made.</param>
internal sealed record CampaignPlanRoots(string Campaign, IReadOnlyList<GrainKey> Grains, IReadOnlyList<ContentDigest> Inputs)
{
    /// <summary>The version of plans that is known.</summary>
    public const int Version = 2;

    /// <summary>Reads the plan of a campaign.</summary>
    /// <returns>What it holds; null where it has no plan.</returns>
    /// <exception cref="SpatialClusterException">Permanent: the plan is damaged, or of a newer version.</exception>
    public static async Task<CampaignPlanRoots?> ReadAsync(IArtifactStore store, string campaign, CancellationToken cancellation)
    {
        ArtifactName name = StoreLayout.CampaignPlan(campaign);
        byte[]? bytes = await StoreContents.ReadAsync(store, name, cancellation).ConfigureAwait(false);
        return bytes is null ? null : Parse(bytes, campaign, $"{name} in {store.Location}");
    }

    private static CampaignPlanRoots Parse(byte[] bytes, string campaign, string source)
    {
        try
        {
            JsonObject json = JsonNode.Parse(bytes)!.AsObject();
            int version = (int)json["version"]!;
            if (version > Version)
                throw new SpatialClusterException(FailureKind.Permanent, $"{source} is of version {version}, and this program knows up to {Version}, so it cannot say what that campaign holds; use a newer program.");
            return new CampaignPlanRoots(
                campaign,
                [.. json["grains"]!.AsArray().Select(grain => new GrainKey((string)grain!["kind"]!, new ContentDigest((string)grain["digest"]!)))],
                [.. json["inputs"]?.AsArray().Select(input => new ContentDigest((string)input!)) ?? []]);
        }
        catch (Exception damage) when (damage is JsonException or NullReferenceException or InvalidOperationException or FormatException or BadInputException or ArgumentNullException)
        {
            throw new SpatialClusterException(
                FailureKind.Permanent, $"{source} is damaged ({damage.Message}), so nobody can say what that campaign holds; submit it again, or delete it with `campaign delete {campaign}`.", damage);
        }
    }
}
