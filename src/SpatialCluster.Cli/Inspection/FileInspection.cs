using SpatialCluster.Data.Slices;

namespace SpatialCluster.Cli.Inspection;

/// <summary>What is in a file.</summary>
internal sealed record FileInspection
{
    public required string Path { get; init; }
    public required long Bytes { get; init; }
    public required string Format { get; init; }
    public required IReadOnlyList<TableInspection> Tables { get; init; }
    public required IReadOnlyList<string> Problems { get; init; }
    public required IReadOnlyList<string> Hints { get; init; }
}

/// <summary>One table of a file.</summary>
internal sealed record TableInspection
{
    /// <summary>The modality's name within the file; empty where it has none.</summary>
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public required long Spots { get; init; }
    public required long Features { get; init; }
    public required bool HasCoordinates { get; init; }
    public IReadOnlyList<MatrixInspection> Matrices { get; init; } = [];
    public IReadOnlyList<EntryInspection> Obsm { get; init; } = [];
    public IReadOnlyList<ColumnInspection> Obs { get; init; } = [];
    public IReadOnlyList<string> FeatureTypes { get; init; } = [];
    public TableFigures? Values { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public ModalityKind Measures { get; init; }
}

/// <summary>A matrix of a table.</summary>
internal sealed record MatrixInspection(string Name, long Rows, long Columns, string Storage, long StoredValues);

/// <summary>An entry of <c>obsm</c>.</summary>
internal sealed record EntryInspection(string Name, long Columns);

/// <summary>A column of <c>obs</c>.</summary>
internal sealed record ColumnInspection(string Name, string Kind, int Labels);
