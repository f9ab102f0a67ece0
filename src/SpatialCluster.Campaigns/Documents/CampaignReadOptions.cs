namespace SpatialCluster.Campaigns.Documents;

/// <summary>What a document may reach.</summary>
public sealed record CampaignReadOptions
{
    /// <summary>The folder that relative paths start from; null for the document's own, or the current one for a text without a file.</summary>
    public string? Folder { get; init; }

    /// <summary>Folders, beside the document's own, that data may lie in.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>Whether the document's own folder is none of them, as for documents that come from elsewhere.</summary>
    public bool OnlyRoots { get; init; }
}
