using Azure;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>Entity tags, which servers write in quotes in a header and without them in a listing.</summary>
internal static class BlobTags
{
    /// <summary>The tag of a state.</summary>
    public static ArtifactTag ToArtifactTag(this ETag tag) => new(tag.ToString().Trim('"'));

    /// <summary>As a condition wants it.</summary>
    public static ETag ToETag(this ArtifactTag tag) => new($"\"{tag.Value}\"");
}
