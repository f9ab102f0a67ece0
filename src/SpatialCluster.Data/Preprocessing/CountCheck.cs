using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>What every modality must be before its counts are worked on.</summary>
internal static class CountCheck
{
    public static void RequireFinite(Modality modality)
    {
        RequireShape(modality);
        for (int spot = 0; spot < modality.Counts.Rows; spot++)
        {
            foreach (float value in modality.Counts.RowValues(spot))
            {
                if (!float.IsFinite(value))
                    throw new BadInputException($"Modality '{modality.Name}' holds a value that is not a finite number (row {spot + 1}); repair the file or drop the spot.");
            }
        }
    }

    public static void RequireCounts(Modality modality)
    {
        RequireFinite(modality);
        for (int spot = 0; spot < modality.Counts.Rows; spot++)
        {
            ReadOnlySpan<float> values = modality.Counts.RowValues(spot);
            for (int e = 0; e < values.Length; e++)
            {
                if (values[e] < 0)
                {
                    throw new BadInputException(
                        $"Modality '{modality.Name}' holds negative values (row {spot + 1}, feature '{modality.FeatureNames[modality.Counts.RowColumns(spot)[e]]}') where counts are expected; "
                        + $"give the counts, or say --preprocessed {modality.Name}.");
                }
            }
        }
    }

    private static void RequireShape(Modality modality)
    {
        if (modality.FeatureNames.Count != modality.Counts.Columns)
            throw new BadInputException($"Modality '{modality.Name}' has {modality.Counts.Columns} features but {modality.FeatureNames.Count} names; repair the file.");
        if (modality.Counts.Rows == 0 || modality.Counts.Columns == 0)
            throw new BadInputException($"Modality '{modality.Name}' has no {(modality.Counts.Rows == 0 ? "spots" : "features")}; check the file and the layer read from it.");
    }
}
