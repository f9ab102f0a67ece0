using SpatialCluster.Data.AnnData;

namespace SpatialCluster.Data.Hdf5;

/// <summary>What is in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">Its layout.</param>
/// <param name="Tables">One table per modality; one of an empty name where the file has no modalities.</param>
public sealed record Hdf5Description(string Path, Hdf5Kind Kind, IReadOnlyList<TableDescription> Tables);

/// <summary>What is in one table.</summary>
public sealed record TableDescription
{
    /// <summary>The modality's name, or empty.</summary>
    public required string Name { get; init; }

    /// <summary>Number of spots.</summary>
    public required long Spots { get; init; }

    /// <summary>Number of features.</summary>
    public required long Features { get; init; }

    /// <summary>The matrices: X, the layers, raw.</summary>
    public IReadOnlyList<MatrixDescription> Matrices { get; init; } = [];

    /// <summary>The entries of <c>obsm</c>.</summary>
    public IReadOnlyList<EmbeddingDescription> Embeddings { get; init; } = [];

    /// <summary>The columns of <c>obs</c>.</summary>
    public IReadOnlyList<ColumnDescription> SpotColumns { get; init; } = [];

    /// <summary>The feature types, where the file tells.</summary>
    public IReadOnlyList<string> FeatureTypes { get; init; } = [];

    /// <summary>Whether the file tells where the spots lie.</summary>
    public bool HasCoordinates { get; init; }
}

/// <summary>One matrix of a table.</summary>
/// <param name="Name">As the layer is named: <c>X</c>, <c>counts</c>, <c>raw</c>.</param>
/// <param name="Rows">Spots.</param>
/// <param name="Columns">Features.</param>
/// <param name="Storage"><c>dense</c>, <c>csr</c> or <c>csc</c>, and the type of the numbers.</param>
/// <param name="StoredValues">Non-zeros of a sparse matrix, all values of a dense one.</param>
public sealed record MatrixDescription(string Name, long Rows, long Columns, string Storage, long StoredValues);

/// <summary>One entry of <c>obsm</c>.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Rows">Spots.</param>
/// <param name="Columns">Dimensions.</param>
public sealed record EmbeddingDescription(string Name, long Rows, long Columns);

/// <summary>One column of <c>obs</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Labels">How many different labels, or 0 where it is no label.</param>
public sealed record ColumnDescription(string Name, ColumnKind Kind, int Labels);
