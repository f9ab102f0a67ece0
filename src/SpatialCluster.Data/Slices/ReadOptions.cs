namespace SpatialCluster.Data.Slices;

/// <summary>Which part of a file to read, and how.</summary>
public sealed record ReadOptions
{
    /// <summary>The <c>layers</c> entry to take instead of <c>X</c>; <c>raw</c> takes <c>raw/X</c>.</summary>
    public string? Layer { get; init; }

    /// <summary>The modality to take from a file that holds several (<c>.h5mu</c> table, 10x feature type).</summary>
    public string? Part { get; init; }

    /// <summary>Text files: features lie in rows and spots in columns.</summary>
    public bool FeaturesInRows { get; init; }
}
