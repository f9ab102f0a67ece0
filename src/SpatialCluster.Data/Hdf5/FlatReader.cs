using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5.Matrices;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Hdf5;

/// <summary>Reads the flat layout of the SpaMI paper's data: <c>X</c>, <c>cell</c>, <c>gene</c> or <c>peak</c>, and perhaps <c>pos</c>.</summary>
internal static class FlatReader
{
    private static readonly string[] s_featureLists = ["gene", "peak", "protein", "feature"];

    /// <summary>Whether a file is of that kind.</summary>
    public static bool Recognises(H5Group root) => root.Has("X") && root.Has("cell");

    /// <summary>The list of feature names.</summary>
    public static string FeatureList(H5Group root) => Array.Find(s_featureLists, root.Has)
        ?? throw new BadInputException($"{root} has X and cell, but neither gene nor peak; add the list of feature names.");

    /// <summary>Reads the table.</summary>
    public static MeasurementTable Read(H5Group root, ReadOptions options)
    {
        if (options.Layer is not (null or "X") || options.Part is not null)
            throw new BadInputException($"{root} holds X alone, so '{options.Layer ?? options.Part}' cannot be read; leave the layer and the part out.");
        string[] spots = TenXReader.ReadTexts(root, "cell");
        UniqueNames.Require(spots, $"{root} (cell)");
        string[] features = TenXReader.ReadTexts(root, FeatureList(root));
        using H5Location matrix = root.Find("X")!;
        var warnings = new List<string>();
        using H5Dataset? places = root.FindDataset("pos");
        return new MeasurementTable
        {
            Source = matrix.ToString(),
            SpotNames = spots,
            FeatureNames = features,
            Values = StoredMatrix.Read(matrix, spots, features),
            Coordinates = places is null ? null : SpatialPlaces.FromTable(places, spots, warnings),
            Warnings = warnings,
        };
    }
}
