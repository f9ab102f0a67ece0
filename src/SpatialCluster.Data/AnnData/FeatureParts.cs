using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5.Matrices;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.AnnData;

/// <summary>Splits a table by feature type.</summary>
internal static class FeatureParts
{
    /// <summary>The features of one type, such as <c>Antibody Capture</c>; the whole table where no part is asked for.</summary>
    /// <exception cref="BadInputException">The file tells no feature types, or not that one.</exception>
    public static MeasurementTable Take(MeasurementTable table, string? part)
    {
        if (part is null)
            return table;
        if (table.FeatureTypes.Count == 0)
            throw new BadInputException($"{table.Source} tells no feature types, so the part '{part}' cannot be taken from it; leave the part out.");
        int[] kept = [.. Enumerable.Range(0, table.FeatureTypes.Count)
            .Where(i => string.Equals(table.FeatureTypes[i], part, StringComparison.OrdinalIgnoreCase))];
        if (kept.Length == 0)
        {
            string known = string.Join(", ", table.FeatureTypes.Distinct(StringComparer.Ordinal));
            throw new BadInputException($"{table.Source} has no features of the type '{part}'; it has: {known}.");
        }

        return table with
        {
            Source = $"{table.Source}, {part}",
            FeatureNames = [.. kept.Select(i => table.FeatureNames[i])],
            FeatureTypes = [.. kept.Select(i => table.FeatureTypes[i])],
            Values = FeatureSelection.Take(table.Values, kept),
        };
    }
}
