namespace SpatialCluster.Reporting.Campaigns;

/// <summary>One of the things compared: a method with everything that sets it apart from another. Equal values are the same one.</summary>
public sealed record CampaignMethod
{
    /// <summary>Its name in tables (<c>method_id</c>), such as <c>spami</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people, such as <c>SpaMI</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The preset, such as <c>paper/simulated</c>.</summary>
    public string Preset { get; init; } = "";

    /// <summary>The version of the method's code.</summary>
    public string Version { get; init; } = "";

    /// <summary>What was switched off, such as <c>without cosine loss</c>; empty for the method as it is meant.</summary>
    public string Ablation { get; init; } = "";

    /// <summary>Parameters set over the preset, as text; empty for none.</summary>
    public string Overrides { get; init; } = "";

    /// <summary>What made domains of the embedding, such as <c>leiden</c>.</summary>
    public string Clusterer { get; init; } = "";

    /// <summary>Whether it is a control, such as random labels or the truth itself, and no contender for the best score.</summary>
    public bool IsControl { get; init; }
}
