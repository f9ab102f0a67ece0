using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Artifacts.Records;

/// <summary>What is named how in a store.</summary>
public static class StoreLayout
{
    /// <summary>Where engines keep what they know of their own.</summary>
    public const string Engines = "engines/";

    /// <summary>What the marks of submitted campaigns begin with.</summary>
    public const string Active = "active/";

    /// <summary>What all that silos say of themselves begins with.</summary>
    public const string Silos = "silos/";

    /// <summary>Names the store itself, for those who share a broker with the users of other stores.</summary>
    public static ArtifactName Identity { get; } = new("identity.json");

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

    /// <summary>There while silos are to work on a campaign.</summary>
    public static ArtifactName ActiveCampaign(string campaign) => new($"{Active}{campaign}");

    /// <summary>What a silo last said of itself.</summary>
    public static ArtifactName SiloBeacon(string silo) => new($"{Silos}{silo}/beacon.json");

    /// <summary>There where a silo is to give its grains back and take no more.</summary>
    public static ArtifactName SiloDrain(string silo) => new($"{Silos}{silo}/drain");

    /// <summary>There where the process of an attempt lived on after its grain was taken over.</summary>
    public static ArtifactName AttemptSurvived(GrainKey key, int attempt) => Of(key, $"attempts/{attempt}/survived.txt");

    /// <summary>What everything of a grain begins with.</summary>
    public static string Folder(GrainKey key) => $"{Grains}{key.Kind}/{key.Digest}/";

    private static ArtifactName Of(GrainKey key, string leaf) => new(Folder(key) + leaf);
}
