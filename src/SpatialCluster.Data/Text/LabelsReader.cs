using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Reads a column of labels from CSV or TSV with a header line, plain or gzip. Rows are joined to spots by name; else, where spots
/// are called by their place (<c>12x34</c>), by the rounded columns x and y; else by row order, which needs a file without spot names
/// and as many rows as spots. Empty, <c>NA</c>, <c>nan</c> and <c>None</c> are no label.
/// </summary>
public static class LabelsReader
{
    /// <summary>Reads the labels of given spots.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The column of labels by name, or by number from 1; null where the file has one besides the names.</param>
    /// <param name="spotNames">Unique names of the spots that want a label.</param>
    /// <param name="spotColumn">The column of spot names; found by itself where it is not said.</param>
    /// <returns>Labels in spot order, categories in ordinal order.</returns>
    /// <exception cref="BadInputException">No such column, a spot twice, no spot in common, or a number of rows that fits no
    /// join.</exception>
    public static SpotLabels Read(string path, string? column, IReadOnlyList<string> spotNames, string? spotColumn = null)
    {
        ArgumentNullException.ThrowIfNull(spotNames);
        SideTable table = SideTable.Read(path, _ => true);
        int label = column is null ? OnlyColumn(table) : table.FindColumn(column);
        int? spot = spotColumn is null ? null : table.FindColumn(spotColumn);
        SpotMatch match = SpotMatcher.Match(table, spotNames, spot, [label]);
        SpotAnnotation annotation = Encode(table.Header![label], match.RowOfSpot.Length, i => match.RowOfSpot[i] < 0 ? "" : table[match.RowOfSpot[i], label]);
        int labelled = annotation.Codes.Count(code => code >= 0);
        if (labelled == 0)
            throw new BadInputException($"{path}, {table.ColumnName(label)}: none of the {spotNames.Count:N0} spots has a label; name another column: the file has {table.ColumnList()}.");
        return new SpotLabels(annotation, labelled, $"Labels come from {path} ({table.ColumnName(label)}), joined {match.How}.");
    }

    private static SpotAnnotation Encode(string name, int spots, Func<int, string> labelOf)
    {
        var labels = new string[spots];
        for (int i = 0; i < spots; i++)
            labels[i] = labelOf(i);
        string[] categories = [.. labels.Where(l => !NumberText.IsMissing(l)).Distinct().Order(StringComparer.Ordinal)];
        var codes = new int[spots];
        for (int i = 0; i < spots; i++)
            codes[i] = NumberText.IsMissing(labels[i]) ? -1 : Array.BinarySearch(categories, labels[i], StringComparer.Ordinal);
        return new SpotAnnotation(name, codes, categories);
    }

    private static int OnlyColumn(SideTable table)
    {
        int[] candidates = [.. Enumerable.Range(0, table.Width).Where(c => !HeaderLayout.NamesRows(table.Header![c]))];
        return candidates.Length == 1
            ? candidates[0]
            : throw new BadInputException($"{table.Path} has {table.ColumnList()}; say which holds the labels, as in --truth {table.Path}:domain.");
    }
}
