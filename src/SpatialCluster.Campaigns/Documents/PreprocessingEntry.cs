namespace SpatialCluster.Campaigns.Documents;

/// <summary>How the modalities of a name are preprocessed.</summary>
public sealed record PreprocessingEntry
{
    /// <summary>Where it stands.</summary>
    public required DocumentPlace Place { get; init; }

    /// <summary>The modality's name.</summary>
    public required string Modality { get; init; }

    /// <summary>The recipe whose defaults hold; null to start from the method's preset.</summary>
    public string? Recipe { get; init; }

    /// <summary>What is said of it in place of the preset's or the recipe's.</summary>
    public IReadOnlyList<OptionEntry> Options { get; init; } = [];
}

/// <summary>An option by its name.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as text; lists are joined by commas, and <c>none</c> stands for no value.</param>
public sealed record OptionEntry(DocumentPlace Place, string Name, string Value);
