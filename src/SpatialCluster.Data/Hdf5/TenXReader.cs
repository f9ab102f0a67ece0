using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5.Matrices;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Hdf5;

/// <summary>Reads the feature-barcode matrices of 10x Genomics, with the <c>spatial</c> folder beside them.</summary>
internal static class TenXReader
{
    /// <summary>Whether a file is of that kind.</summary>
    public static bool Recognises(H5Group root)
    {
        using H5Group? matrix = root.FindGroup("matrix");
        return matrix is not null && matrix.Has("barcodes") && matrix.Has("indptr");
    }

    /// <summary>Reads all features, or those of the type that <see cref="ReadOptions.Part"/> names.</summary>
    public static MeasurementTable Read(H5Group root, ReadOptions options)
    {
        if (options.Layer is not null)
            throw new BadInputException($"{root} is a 10x matrix and has no layers, so '{options.Layer}' cannot be read; leave the layer out.");
        using H5Group matrix = root.FindGroup("matrix")!;
        string[] spots = ReadTexts(matrix, "barcodes");
        UniqueNames.Require(spots, $"{matrix}/barcodes");
        using H5Group featureGroup = matrix.FindGroup("features")
            ?? throw new BadInputException($"{matrix} lacks the group features; it was written by Cell Ranger before version 3: write it anew.");
        string[] features = UniqueNames.Make(ReadTexts(featureGroup, "name"), out int renamed);
        string[] types = featureGroup.Has("feature_type") ? ReadTexts(featureGroup, "feature_type") : [];
        if (types.Length != 0 && types.Length != features.Length)
            throw new BadInputException($"{featureGroup} has {types.Length} types for {features.Length} features; the file is damaged: fetch or write it anew.");
        var names = new MatrixNames(matrix.ToString(), spots, features);
        RequireShape(matrix, names);
        var warnings = new List<string>();
        if (renamed > 0)
            warnings.Add($"{featureGroup}: {renamed} features have a name that occurred before; they were numbered (NAME-1, …).");
        TissuePositions? positions = TissuePositions.Find(root.File.Path, warnings);
        var table = new MeasurementTable
        {
            Source = matrix.ToString(),
            SpotNames = spots,
            FeatureNames = features,
            FeatureTypes = types,
            Values = CompressedMatrixReader.Read(matrix, byColumn: false, names),
            Coordinates = positions?.PlacesOf(spots, warnings),
            Annotations = positions?.InTissue(spots, warnings) is { } inTissue ? [inTissue] : [],
            Warnings = warnings,
        };
        return FeatureParts.Take(table, options.Part);
    }

    internal static string[] ReadTexts(H5Group group, string name)
    {
        using H5Dataset dataset = group.Dataset(name);
        return dataset.ReadTexts();
    }

    // 10x stores features × barcodes by column: what we read is its transpose, spots × features by row.
    private static void RequireShape(H5Group matrix, MatrixNames names)
    {
        using H5Dataset dataset = matrix.Dataset("shape");
        if (dataset.Count != 2)
            throw names.Damaged($"shape has {dataset.Count} elements instead of 2");
        long[] shape = new H5Vector<long>(dataset).ReadAll();
        if (shape[0] != names.Features.Count || shape[1] != names.Spots.Count)
            throw names.WrongShape(shape[1], shape[0]);
    }
}
