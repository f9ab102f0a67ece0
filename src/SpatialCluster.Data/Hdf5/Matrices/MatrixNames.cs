using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>What the rows and columns of a matrix are called, for messages.</summary>
/// <param name="Place">File and path.</param>
/// <param name="Spots">One name per row.</param>
/// <param name="Features">One name per column.</param>
internal sealed record MatrixNames(string Place, IReadOnlyList<string> Spots, IReadOnlyList<string> Features)
{
    /// <summary>The error for a value that is no number.</summary>
    public BadInputException NotFinite(long row, long column, float value) => new(
        $"{Place}: the value of spot '{Spots[(int)row]}' and feature '{Features[(int)column]}' is {Word(value)}; replace it in the file, or read another layer.");

    /// <summary>The error for a matrix that does not fit to the names.</summary>
    public BadInputException WrongShape(long rows, long columns) => new(
        $"{Place} is {rows} × {columns}, but there are {Spots.Count} spots and {Features.Count} features; write the file anew so that they agree.");

    /// <summary>The error for a structure that contradicts itself.</summary>
    public BadInputException Damaged(string what) => new($"{Place}: {what}; the file is damaged: fetch or write it anew.");

    private static string Word(float value) => float.IsNaN(value) ? "NaN" : "infinite";
}
