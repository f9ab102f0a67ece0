using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.AnnData;

/// <summary>What goes into a <c>.h5ad</c> file, or into one modality of a <c>.h5mu</c>. Slashes in names become underscores.</summary>
public sealed record AnnDataDocument
{
    /// <summary>The index of <c>obs</c>.</summary>
    public required IReadOnlyList<string> SpotNames { get; init; }

    /// <summary>The index of <c>var</c>.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>Spots × features, written as CSR of float32.</summary>
    public CsrMatrix? X { get; init; }

    /// <summary>Further matrices of that shape.</summary>
    public IReadOnlyList<NamedMatrix<CsrMatrix>> Layers { get; init; } = [];

    /// <summary>The columns of <c>obs</c>: one value per spot.</summary>
    public IReadOnlyList<DocumentColumn> SpotColumns { get; init; } = [];

    /// <summary>The columns of <c>var</c>: one value per feature.</summary>
    public IReadOnlyList<DocumentColumn> FeatureColumns { get; init; } = [];

    /// <summary>The entries of <c>obsm</c>: one row per spot.</summary>
    public IReadOnlyList<NamedMatrix<Matrix>> Embeddings { get; init; } = [];

    /// <summary>Entries of <c>obsm</c> in double precision, such as <c>spatial</c>: row-major, spots × columns.</summary>
    public IReadOnlyList<NamedTable> Tables { get; init; } = [];

    /// <summary>Entries of <c>obsm</c> that are made block by block while they are written.</summary>
    public IReadOnlyList<StreamedMatrix> Streams { get; init; } = [];

    /// <summary>The content of <c>uns</c>.</summary>
    public UnstructuredGroup Unstructured { get; init; } = new([]);
}

/// <summary>A matrix with its key.</summary>
/// <param name="Name">The key.</param>
/// <param name="Values">The matrix.</param>
/// <typeparam name="T">The kind of matrix.</typeparam>
public sealed record NamedMatrix<T>(string Name, T Values);

/// <summary>A small dense table with its key.</summary>
/// <param name="Name">The key.</param>
/// <param name="Columns">How many columns.</param>
/// <param name="Values">Row-major, one row per spot.</param>
public sealed record NamedTable(string Name, int Columns, double[] Values);
