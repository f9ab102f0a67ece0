namespace SpatialCluster.Data.Slices;

/// <summary>Which part of a file to read, and how.</summary>
public sealed record ReadOptions
{
    /// <summary>The <c>layers</c> entry to take instead of <c>X</c>; <c>raw</c> takes <c>raw/X</c>.</summary>
    public string? Layer { get; init; }

    /// <summary>The modality to take from a file that holds several (<c>.h5mu</c> table, 10x feature type).</summary>
    public string? Part { get; init; }

    /// <summary>
    /// Text files: features lie in rows and spots in columns. Where it is not said, CSV and TSV have spots in rows, and
    /// MatrixMarket has features in rows as 10x writes it, unless the side files fit only the other way.
    /// </summary>
    public bool? FeaturesInRows { get; init; }

    /// <summary>MatrixMarket: the file with the feature names, where it does not lie beside the matrix under a usual name.</summary>
    public string? FeatureNamesFile { get; init; }

    /// <summary>MatrixMarket: the file with the spot names, where it does not lie beside the matrix under a usual name.</summary>
    public string? SpotNamesFile { get; init; }
}
