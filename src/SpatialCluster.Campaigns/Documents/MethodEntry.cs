using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>A method of a campaign.</summary>
public sealed record MethodEntry
{
    /// <summary>Where it stands.</summary>
    public required DocumentPlace Place { get; init; }

    /// <summary>The method.</summary>
    public required IntegrationMethod Method { get; init; }

    /// <summary>What tells it from other entries of the method; empty for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>The preset; null for the method's own choice by what the dataset measures.</summary>
    public string? Preset { get; init; }

    /// <summary>Hyper-parameters in place of the preset's.</summary>
    public IReadOnlyList<OptionEntry> Parameters { get; init; } = [];

    /// <summary>Preprocessing for this method alone.</summary>
    public IReadOnlyList<PreprocessingEntry> Preprocessing { get; init; } = [];

    /// <summary>Variants that are run beside it.</summary>
    public IReadOnlyList<AblationEntry> Ablations { get; init; } = [];

    /// <summary>The datasets that it runs on; empty for all.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];
}

/// <summary>A variant of a method that lacks something.</summary>
public sealed record AblationEntry
{
    /// <summary>Where it stands.</summary>
    public required DocumentPlace Place { get; init; }

    /// <summary>Its name, unique within the method.</summary>
    public required string Name { get; init; }

    /// <summary>Hyper-parameters in place of the method's.</summary>
    public IReadOnlyList<OptionEntry> Parameters { get; init; } = [];

    /// <summary>Preprocessing for this variant alone.</summary>
    public IReadOnlyList<PreprocessingEntry> Preprocessing { get; init; } = [];

    /// <summary>The datasets that it runs on, of those of the method; empty for all of these.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];
}
