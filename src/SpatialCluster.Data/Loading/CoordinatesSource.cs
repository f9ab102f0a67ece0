using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Loading;

/// <summary>Where the coordinates of a slice come from, other than from the modalities' own files.</summary>
public sealed record CoordinatesSource
{
    private CoordinatesSource()
    {
    }

    /// <summary>The file; null where the spot names are the coordinates.</summary>
    public string? Path { get; private init; }

    /// <summary>Columns to take instead of those known by name.</summary>
    public CoordinateColumns? Columns { get; private init; }

    /// <summary>Spots are called by their place, as in <c>12x34</c>.</summary>
    public static CoordinatesSource SpotNames { get; } = new();

    /// <summary>A file.</summary>
    /// <param name="path">CSV or TSV, plain or gzip.</param>
    /// <param name="columns">Columns to take instead of those known by name.</param>
    public static CoordinatesSource File(string path, CoordinateColumns? columns = null) => new() { Path = path, Columns = columns };

    /// <summary>Reads <c>names</c>, <c>xy.csv</c>, <c>xy.csv:x,y</c> or <c>xy.csv:spot,x,y</c>.</summary>
    /// <param name="text">As on the command line.</param>
    /// <returns>The source.</returns>
    /// <exception cref="BadInputException">Columns that are not two or three names.</exception>
    public static CoordinatesSource Parse(string text)
    {
        if (text == "names")
            return SpotNames;
        (string path, string? columns) = PathAndColumn.Split(text);
        return columns?.Split(',', StringSplitOptions.TrimEntries) switch
        {
            null => File(path),
            [{ Length: > 0 } x, { Length: > 0 } y] => File(path, new CoordinateColumns(x, y)),
            [{ Length: > 0 } spot, { Length: > 0 } x, { Length: > 0 } y] => File(path, new CoordinateColumns(x, y, spot)),
            _ => throw new BadInputException($"--coordinates {text}: behind the colon stand two columns, or three with the spot names first, as in xy.csv:x,y."),
        };
    }
}
