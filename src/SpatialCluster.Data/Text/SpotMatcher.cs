using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Joins a side table to spots: by the column that holds their names; else, for spots named by their place (<c>12x34</c>), by the
/// rounded x and y columns of the table; else by row order, which needs a table without a column of names and as many rows as spots.
/// </summary>
internal static class SpotMatcher
{
    /// <summary>Finds the row of each spot.</summary>
    /// <param name="table">The side table.</param>
    /// <param name="spots">Unique spot names.</param>
    /// <param name="spotColumn">The column of names where the user said it.</param>
    /// <param name="taken">Columns that hold something else (coordinates, the label).</param>
    public static SpotMatch Match(SideTable table, IReadOnlyList<string> spots, int? spotColumn, ReadOnlySpan<int> taken)
    {
        var index = new Dictionary<string, int>(spots.Count);
        for (int i = 0; i < spots.Count; i++)
        {
            if (!index.TryAdd(spots[i], i))
                throw new BadInputException($"The spot name '{spots[i]}' occurs twice; spot names must differ to be joined with {table.Path}.");
        }

        if (spotColumn is { } said)
        {
            SpotMatch match = ByName(table, index, said, out int repeated);
            if (repeated >= 0)
                throw Repeated(table, said, repeated);
            return match.Matched > 0 ? match : throw NothingInCommon(table, spots, said);
        }

        SpotMatch? best = null;
        (int Column, int Row) repetition = (-1, -1);
        for (int c = 0; c < table.Width; c++)
        {
            if (taken.Contains(c))
                continue;
            SpotMatch match = ByName(table, index, c, out int repeated);
            // A number that happens to be a spot's name joins nothing, unless the column is called one of names or holds them all.
            if (match.Matched < spots.Count && !IsCalledNames(table, c) && table.IsNumeric(c))
                continue;
            if (repeated < 0 && match.Matched > (best?.Matched ?? 0))
                best = match;
            else if (repeated >= 0 && match.Matched * 2 > spots.Count)
                repetition = (c, repeated);
        }

        if (best is not null)
            return best;
        if (repetition.Row >= 0)
            throw Repeated(table, repetition.Column, repetition.Row);
        if (ByGrid(table, spots) is { } placed)
            return placed;
        int named = NameColumn(table, taken);
        if (named >= 0)
            throw NothingInCommon(table, spots, named);
        return ByOrder(table, spots);
    }

    private static SpotMatch ByName(SideTable table, Dictionary<string, int> index, int column, out int repeated)
    {
        repeated = -1;
        var rows = new int[index.Count];
        Array.Fill(rows, -1);
        int matched = 0;
        for (int r = 0; r < table.Rows; r++)
        {
            if (!index.TryGetValue(table[r, column], out int spot))
                continue;
            if (rows[spot] >= 0 && repeated < 0)
                repeated = r;
            else if (rows[spot] < 0)
                matched++;
            rows[spot] = r;
        }

        return new SpotMatch(rows, matched, $"by spot name ({table.ColumnName(column)})");
    }

    private static SpotMatch? ByGrid(SideTable table, IReadOnlyList<string> spots)
    {
        if (table.Header is null)
            return null;
        int columnX = Array.FindIndex(table.Header, h => HeaderLayout.Normalise(h) == "x");
        int columnY = Array.FindIndex(table.Header, h => HeaderLayout.Normalise(h) == "y");
        if (columnX < 0 || columnY < 0)
            return null;
        var rowAt = new Dictionary<string, int>(table.Rows);
        for (int r = 0; r < table.Rows; r++)
        {
            if (NumberText.TryParse(table[r, columnX], out double x) && NumberText.TryParse(table[r, columnY], out double y) && !rowAt.TryAdd(GridName.Of(x, y), r))
                return null;
        }

        var rows = new int[spots.Count];
        var taken = new HashSet<int>();
        int matched = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (!GridName.TryParse(spots[i], out double x, out double y))
                return null;
            rows[i] = rowAt.GetValueOrDefault(GridName.Of(x, y), -1);
            if (rows[i] >= 0 && !taken.Add(rows[i]))
                return null;
            matched += rows[i] >= 0 ? 1 : 0;
        }

        return matched == 0 ? null : new SpotMatch(rows, matched, "by place (rounded x and y against spot names such as 12x34)");
    }

    private static SpotMatch ByOrder(SideTable table, IReadOnlyList<string> spots)
    {
        if (table.Rows != spots.Count)
        {
            throw new BadInputException(
                $"{table.Path} has {table.Rows:N0} rows and no column of spot names, but there are {spots.Count:N0} spots; add a column of spot names, or one row per spot in their order.");
        }

        var rows = new int[spots.Count];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = i;
        return new SpotMatch(rows, rows.Length, "by row order (the file has no spot names)");
    }

    // A column that looks as if it held names: called so, or all different and no numbers.
    private static int NameColumn(SideTable table, ReadOnlySpan<int> taken)
    {
        for (int c = 0; c < table.Width; c++)
        {
            if (taken.Contains(c))
                continue;
            if (!table.IsNumeric(c) && (IsCalledNames(table, c) || AllDifferent(table, c)))
                return c;
        }

        return -1;
    }

    private static bool IsCalledNames(SideTable table, int column) =>
        table.Header is not null && HeaderLayout.NamesRows(table.Header[column]);

    private static bool AllDifferent(SideTable table, int column)
    {
        var seen = new HashSet<string>();
        for (int r = 0; r < table.Rows; r++)
        {
            if (!seen.Add(table[r, column]))
                return false;
        }

        return table.Rows > 1;
    }

    private static BadInputException Repeated(SideTable table, int column, int row) =>
        new($"{table.Place(row)}: the spot name '{table[row, column]}' stands here a second time in {table.ColumnName(column)}; each spot may have one row.");

    private static BadInputException NothingInCommon(SideTable table, IReadOnlyList<string> spots, int column) =>
        new($"{table.Path}: none of the {spots.Count:N0} spots is in {table.ColumnName(column)} (spots are called '{spots[0]}', the file has '{table[0, column]}'); give the file of this slice, or name the right column.");
}
