using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Refuses to make more components than the data has.</summary>
internal static class Rank
{
    public static int RequireComponents(string modality, PreprocessingOptions options)
    {
        if (options.Components is not int components || components is < 1 or > StoredReader.MostComponents - 1)
            throw new BadInputException($"Modality '{modality}' needs a number of components from 1 to {StoredReader.MostComponents - 1}; set --components.");
        return components;
    }

    public static void RequireFeatures(string modality, int features, int needed, int components)
    {
        if (features < needed)
            throw new BadInputException($"Modality '{modality}' keeps {features} features, too few for the {components} components wanted; lower --components (or the feature filter).");
    }

    public static void NoteFewer(PreprocessingNotes notes, int components, int wanted)
    {
        if (components < wanted)
            notes.Add($"the data has {components} components, fewer than the {wanted} wished for; all of them are used");
    }

    public static void Require(string modality, CsrMatrix matrix, int rank, int needed, int components)
    {
        if (rank < needed)
        {
            int possible = rank - (needed - components);
            throw new BadInputException(
                $"Modality '{modality}' has rank {rank} after preprocessing ({matrix.Rows} spots × {matrix.Columns} features), too low for the {components} components wanted; "
                + (possible > 0 ? $"lower --components to {possible} or less." : "lower --components, or check whether the file holds more than constants."));
        }
    }
}
