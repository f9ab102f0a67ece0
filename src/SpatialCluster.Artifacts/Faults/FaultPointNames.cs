namespace SpatialCluster.Artifacts.Faults;

/// <summary>The points that a store and its keeping reach, in the order of their steps.</summary>
public static class FaultPointNames
{
    /// <summary>A new store: its folder is there, its marker is not.</summary>
    public const string StoreCreateFolder = "store.create.after-folder";

    /// <summary>A new store: its marker is there.</summary>
    public const string StoreCreateMarker = "store.create.after-marker";

    /// <summary>A temporary file is there, and empty.</summary>
    public const string StoreStageCreated = "store.stage.after-create";

    /// <summary>A temporary file is written, and not on the device.</summary>
    public const string StoreStageWritten = "store.stage.after-write";

    /// <summary>A temporary file is on the device, and has no other name.</summary>
    public const string StoreStageFlushed = "store.stage.after-flush";

    /// <summary>An artifact that was not there has its name.</summary>
    public const string StorePutLinked = "store.put.after-link";

    /// <summary>Its name is on the device; the temporary name is there too.</summary>
    public const string StorePutFlushed = "store.put.after-flush";

    /// <summary>The lock for a replacement is held, and the state compared.</summary>
    public const string StoreReplaceLocked = "store.replace.locked";

    /// <summary>The new content has the name.</summary>
    public const string StoreReplaceRenamed = "store.replace.after-rename";

    /// <summary>The new content's name is on the device.</summary>
    public const string StoreReplaceFlushed = "store.replace.after-flush";

    /// <summary>The lock for a deletion is held, and the state compared.</summary>
    public const string StoreDeleteLocked = "store.delete.locked";

    /// <summary>The name is gone.</summary>
    public const string StoreDeleteUnlinked = "store.delete.after-unlink";

    /// <summary>That the name is gone is on the device.</summary>
    public const string StoreDeleteFlushed = "store.delete.after-flush";

    /// <summary>Content is staged and its digest known; it has no name.</summary>
    public const string ContentStaged = "content.put.staged";

    /// <summary>Content is there under its digest; nothing refers to it.</summary>
    public const string ContentPublished = "content.put.published";

    /// <summary>Collection: campaigns to be forgotten are gone, their grains are not.</summary>
    public const string CollectCampaigns = "collect.after-campaigns";

    /// <summary>Collection: results are gone, so that nobody takes their grains for done; what they name is there.</summary>
    public const string CollectResults = "collect.after-results";

    /// <summary>Collection: the grains are gone, their blobs are not.</summary>
    public const string CollectGrains = "collect.after-grains";

    /// <summary>Collection: the blobs are gone.</summary>
    public const string CollectBlobs = "collect.after-blobs";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        StoreCreateFolder, StoreCreateMarker, StoreStageCreated, StoreStageWritten, StoreStageFlushed, StorePutLinked, StorePutFlushed,
        StoreReplaceLocked, StoreReplaceRenamed, StoreReplaceFlushed, StoreDeleteLocked, StoreDeleteUnlinked, StoreDeleteFlushed,
        ContentStaged, ContentPublished, CollectCampaigns, CollectResults, CollectGrains, CollectBlobs,
    ];
}
