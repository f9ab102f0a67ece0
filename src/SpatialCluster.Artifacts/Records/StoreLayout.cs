using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Artifacts.Records;

/// <summary>What is named how in a store.</summary>
public static class StoreLayout
{
    /// <summary>What all content-addressed bytes begin with.</summary>
    public const string Blobs = "blobs/";

    /// <summary>What all that belongs to grains begins with.</summary>
    public const string Grains = "grains/";

    /// <summary>What all that belongs to campaigns begins with.</summary>
    public const string Campaigns = "campaigns/";

    /// <summary>Bytes by their content.</summary>
    public static ArtifactName Blob(ContentDigest digest) => new($"{Blobs}{digest}");

    /// <summary>What a grain is to do, in canonical JSON; its digest is the key.</summary>
    public static ArtifactName Spec(GrainKey key) => Of(key, "spec.json");

    /// <summary>What came of a grain. That it is there is what done means.</summary>
    public static ArtifactName Result(GrainKey key) => Of(key, "result.json");

    /// <summary>Who works on a grain, and on which attempt.</summary>
    public static ArtifactName Claim(GrainKey key) => Of(key, "claim.json");

    /// <summary>Why a grain was given up; it stays so until somebody wants it tried again.</summary>
    public static ArtifactName Failure(GrainKey key) => Of(key, "failure.json");

    /// <summary>A training that is not at its end.</summary>
    public static ArtifactName Checkpoint(GrainKey key) => Of(key, "checkpoint");

    /// <summary>Time, memory and machine of an attempt.</summary>
    public static ArtifactName AttemptMetrics(GrainKey key, int attempt) => Of(key, $"attempts/{attempt}/metrics.json");

    /// <summary>The error text of an attempt that failed.</summary>
    public static ArtifactName AttemptError(GrainKey key, int attempt) => Of(key, $"attempts/{attempt}/error.txt");

    /// <summary>The document of a campaign, as it was submitted.</summary>
    public static ArtifactName CampaignDocument(string campaign) => new($"{Campaigns}{campaign}/campaign.yaml");

    /// <summary>The grains of a campaign.</summary>
    public static ArtifactName CampaignPlan(string campaign) => new($"{Campaigns}{campaign}/plan.json");

    /// <summary>There where a campaign was cancelled.</summary>
    public static ArtifactName CampaignCancelled(string campaign) => new($"{Campaigns}{campaign}/cancelled");

    /// <summary>What everything of a grain begins with.</summary>
    public static string Folder(GrainKey key) => $"{Grains}{key.Kind}/{key.Digest}/";

    private static ArtifactName Of(GrainKey key, string leaf) => new(Folder(key) + leaf);
}
