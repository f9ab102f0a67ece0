using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.AnnData;

/// <summary>Looks whether the parts of a document fit to one another, before anything is written.</summary>
internal static class DocumentCheck
{
    /// <summary>Refuses a document whose lengths disagree.</summary>
    public static void Require(AnnDataDocument document, string path)
    {
        int spots = document.SpotNames.Count;
        int features = document.FeatureNames.Count;
        UniqueNames.Require(document.SpotNames, path);
        RequireMatrix(document.X, "X", spots, features, path);
        foreach (NamedMatrix<CsrMatrix> layer in document.Layers)
            RequireMatrix(layer.Values, $"layers/{layer.Name}", spots, features, path);
        foreach (DocumentColumn column in document.SpotColumns)
            RequireLength(column.Length, spots, $"obs/{column.Name}", path);
        foreach (DocumentColumn column in document.FeatureColumns)
            RequireLength(column.Length, features, $"var/{column.Name}", path);
        foreach (NamedMatrix<Matrix> embedding in document.Embeddings)
            RequireLength(embedding.Values.Rows, spots, $"obsm/{embedding.Name}", path);
        foreach (NamedTable table in document.Tables)
            RequireLength(table.Values.Length, spots * table.Columns, $"obsm/{table.Name}", path);
    }

    private static void RequireMatrix(CsrMatrix? matrix, string name, int spots, int features, string path)
    {
        if (matrix is not null && (matrix.Rows != spots || matrix.Columns != features))
            throw new BadInputException($"{path}: {name} is {matrix.Rows} × {matrix.Columns} for {spots} spots and {features} features; give matrices of that shape.");
    }

    private static void RequireLength(int length, int wanted, string name, string path)
    {
        if (length != wanted)
            throw new BadInputException($"{path}: {name} has {length} values where {wanted} belong; give one per row.");
    }
}
