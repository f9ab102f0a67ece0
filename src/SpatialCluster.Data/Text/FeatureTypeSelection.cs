using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Text;

/// <summary>Takes one modality out of a table that holds several feature types, as 10x files do.</summary>
internal static class FeatureTypeSelection
{
    /// <summary>The features of one type, in file order; type names are compared without case.</summary>
    public static MeasurementTable Take(MeasurementTable table, string type)
    {
        IReadOnlyList<string> types = table.FeatureTypes;
        var newColumn = new int[types.Count];
        int kept = 0;
        for (int c = 0; c < types.Count; c++)
            newColumn[c] = string.Equals(types[c], type, StringComparison.OrdinalIgnoreCase) ? kept++ : -1;
        if (kept == 0)
        {
            string known = types.Count == 0 ? "it names no feature types" : $"it has {string.Join(", ", types.Distinct().Order(StringComparer.Ordinal).Select(t => $"'{t}'"))}";
            throw new BadInputException($"{table.Source} has no part '{type}': {known}.");
        }

        var names = new string[kept];
        for (int c = 0; c < newColumn.Length; c++)
        {
            if (newColumn[c] >= 0)
                names[newColumn[c]] = table.FeatureNames[c];
        }

        return table with
        {
            Source = $"{table.Source} ({type})",
            FeatureNames = names,
            FeatureTypes = [.. Enumerable.Repeat(type, kept)],
            Values = TakeColumns(table.Values, newColumn, kept),
        };
    }

    private static CsrMatrix TakeColumns(CsrMatrix all, int[] newColumn, int kept)
    {
        var pointers = new long[all.Rows + 1];
        for (int row = 0; row < all.Rows; row++)
        {
            pointers[row + 1] = pointers[row];
            foreach (int column in all.RowColumns(row))
                pointers[row + 1] += newColumn[column] >= 0 ? 1 : 0;
        }

        var columns = new int[pointers[^1]];
        var values = new float[pointers[^1]];
        long place = 0;
        for (long e = 0; e < all.NonZeros; e++)
        {
            int column = newColumn[all.ColumnIndices[e]];
            if (column < 0)
                continue;
            columns[place] = column;
            values[place++] = all.Values[e];
        }

        return new CsrMatrix(all.Rows, kept, pointers, columns, values);
    }
}
