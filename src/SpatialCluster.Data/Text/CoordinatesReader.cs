using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Reads places of spots from CSV or TSV, plain or gzip, with or without a header line.
/// <list type="bullet">
/// <item>Columns are given, or found by the names that people use (<c>x, y</c>; <c>imagecol, imagerow</c>; <c>pxl_col_in_fullres,
/// pxl_row_in_fullres</c>; <c>array_col, array_row</c>; <c>pixel_x, pixel_y</c>; <c>spatial1, spatial2</c>; …). A file without header
/// has x and y, or a name, x and y, or the six columns of the 10x <c>tissue_positions_list.csv</c>.</item>
/// <item>Rows are joined to spots by name; else, where spots are called by their place (<c>12x34</c>), by the rounded columns x and y;
/// else by row order, which needs a file without spot names and as many rows as spots.</item>
/// <item>A column <c>in_tissue</c> or <c>selected</c> of zeros and ones says which spots lie on the tissue.</item>
/// </list>
/// </summary>
public static class CoordinatesReader
{
    private static readonly (string X, string Y)[] s_known =
    [
        ("x", "y"), ("xcoord", "ycoord"), ("coordx", "coordy"), ("xcoordinate", "ycoordinate"), ("xcentroid", "ycentroid"),
        ("centroidx", "centroidy"), ("centerx", "centery"), ("xlocation", "ylocation"), ("xposition", "yposition"), ("posx", "posy"),
        ("spatial0", "spatial1"), ("spatial1", "spatial2"), ("spatialx", "spatialy"), ("pxlcolinfullres", "pxlrowinfullres"),
        ("imagecol", "imagerow"), ("pixelx", "pixely"), ("xpixel", "ypixel"), ("pxlx", "pxly"), ("newx", "newy"),
        ("arraycol", "arrayrow"), ("col", "row"),
    ];

    private static readonly string[] s_tissue = ["intissue", "selected", "tissue"];

    /// <summary>Reads the places of given spots.</summary>
    /// <param name="path">The file.</param>
    /// <param name="spotNames">Unique names of the spots that want a place.</param>
    /// <param name="columns">Columns to take instead of those found by name.</param>
    /// <returns>A place for each spot that the file knows.</returns>
    /// <exception cref="BadInputException">No such columns, something other than a finite number, a spot twice, no spot in common,
    /// or a number of rows that fits no join; the message names file, line and column.</exception>
    public static SpotPlaces Read(string path, IReadOnlyList<string> spotNames, CoordinateColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(spotNames);
        SideTable table = SideTable.Read(path, first => IsHeader(first, columns));
        int tissue = table.Header is null ? -1 : Array.FindIndex(table.Header, h => s_tissue.Contains(HeaderLayout.Normalise(h)));
        int x;
        int y;
        int? spot = null;
        if (columns is not null)
        {
            x = table.FindColumn(columns.X);
            y = table.FindColumn(columns.Y);
            spot = columns.Spot is null ? null : table.FindColumn(columns.Spot);
        }
        else if (table.Header is not null)
        {
            (x, y) = FindByName(table.Header) ?? throw new BadInputException(
                $"{path} has no columns that are known as coordinates: it has {table.ColumnList()}; say which, as in --coordinates {path}:x,y.");
        }
        else
        {
            (spot, x, y, tissue) = WithoutHeader(table, spotNames);
        }

        SpotMatch match = SpotMatcher.Match(table, spotNames, spot, [x, y]);
        return Place(table, match, x, y, IsFlag(table, tissue) ? tissue : -1);
    }

    /// <summary>Takes places from spot names such as <c>12x34</c> or <c>18.89x8.958</c>.</summary>
    /// <param name="source">Where the names come from, for the message.</param>
    /// <param name="spotNames">The names.</param>
    /// <returns>One place per spot.</returns>
    /// <exception cref="BadInputException">A name that is no place.</exception>
    public static SpotCoordinates FromNames(string source, IReadOnlyList<string> spotNames)
    {
        ArgumentNullException.ThrowIfNull(spotNames);
        var x = new double[spotNames.Count];
        var y = new double[spotNames.Count];
        for (int i = 0; i < x.Length; i++)
        {
            if (!GridName.TryParse(spotNames[i], out x[i], out y[i]))
                throw new BadInputException($"{source}: the spot name '{spotNames[i]}' is no place such as 12x34; give a file with --coordinates instead of 'names'.");
        }

        return new SpotCoordinates(x, y);
    }

    private static bool IsHeader(string[] first, CoordinateColumns? columns) =>
        FindByName(first) is not null
        || (columns is not null && (first.Contains(columns.X, StringComparer.OrdinalIgnoreCase) || first.Contains(columns.Y, StringComparer.OrdinalIgnoreCase))
            && !first.All(f => NumberText.TryParse(f, out _)));

    private static (int X, int Y)? FindByName(string[] header)
    {
        string[] names = [.. header.Select(HeaderLayout.Normalise)];
        foreach ((string nameX, string nameY) in s_known)
        {
            int x = Array.IndexOf(names, nameX);
            int y = Array.IndexOf(names, nameY);
            if (x >= 0 && y >= 0)
                return (x, y);
        }

        return null;
    }

    private static (int? Spot, int X, int Y, int Tissue) WithoutHeader(SideTable table, IReadOnlyList<string> spotNames)
    {
        bool firstIsName = !table.IsNumeric(0) || (table.Width is 3 or 6 && spotNames.Contains(table[0, 0]));
        return (table.Width, firstIsName) switch
        {
            (2, false) => (null, 0, 1, -1),
            (3, true) => (0, 1, 2, -1),
            (6, true) => (0, 5, 4, 1),
            _ => throw new BadInputException(
                $"{table.Path} has no header line and {table.Width} columns; without a header it must be x and y, or spot, x and y, or the six columns of tissue_positions_list.csv; say which columns, as in --coordinates {table.Path}:2,3."),
        };
    }

    private static bool IsFlag(SideTable table, int column)
    {
        for (int r = 0; column >= 0 && r < table.Rows; r++)
        {
            if (table[r, column] is not ("0" or "1" or "True" or "False" or "TRUE" or "FALSE" or "true" or "false"))
                return false;
        }

        return column >= 0;
    }

    private static SpotPlaces Place(SideTable table, SpotMatch match, int columnX, int columnY, int tissue)
    {
        int spots = match.RowOfSpot.Length;
        var x = new double[spots];
        var y = new double[spots];
        var placed = new bool[spots];
        var onTissue = new bool[spots];
        for (int i = 0; i < spots; i++)
        {
            int row = match.RowOfSpot[i];
            placed[i] = row >= 0;
            onTissue[i] = row < 0 || tissue < 0 || table[row, tissue] is "1" or "True" or "TRUE" or "true";
            x[i] = row < 0 ? double.NaN : Number(table, row, columnX);
            y[i] = row < 0 ? double.NaN : Number(table, row, columnY);
        }

        return new SpotPlaces
        {
            Coordinates = new SpotCoordinates(x, y),
            Placed = placed,
            OnTissue = onTissue,
            Note = $"Coordinates come from {table.Path} ({table.ColumnName(columnX)} and {table.ColumnName(columnY)}), joined {match.How}.",
        };
    }

    private static double Number(SideTable table, int row, int column) =>
        NumberText.TryParse(table[row, column], out double value) && double.IsFinite(value)
            ? value
            : throw new BadInputException($"{table.Place(row)}, {table.ColumnName(column)}: '{table[row, column]}' is not a finite number; every spot needs a place.");
}
