using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Hdf5.Matrices;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.AnnData;

/// <summary>An AnnData object: the root of a <c>.h5ad</c>, or a modality of a <c>.h5mu</c>.</summary>
internal sealed class AnnDataGroup(H5Group group)
{
    /// <summary>Reads names, values, places and labels.</summary>
    public MeasurementTable Read(ReadOptions options)
    {
        using Frame obs = Frame.Open(group, "obs");
        string[] spots = obs.ReadIndex();
        UniqueNames.Require(spots, obs.Place);
        using H5Location matrix = FindMatrix(options.Layer, out string table);
        using H5Group? raw = table == "raw/var" ? group.FindGroup("raw") : null;
        using Frame var = raw is null ? Frame.Open(group, table) : Frame.Open(raw, "var");
        string[] features = var.ReadIndex();
        var warnings = new List<string>();
        IReadOnlyList<SpotAnnotation> annotations = ReadAnnotations(obs, spots.Length, warnings);
        SpotCoordinates? coordinates = SpatialPlaces.Read(group, spots, warnings);
        return new MeasurementTable
        {
            Source = matrix.ToString(),
            SpotNames = spots,
            FeatureNames = features,
            Values = StoredMatrix.Read(matrix, spots, features),
            FeatureTypes = ReadFeatureTypes(var, features.Length),
            Coordinates = coordinates,
            Annotations = annotations,
            OtherLayers = OtherLayers(options.Layer ?? "X"),
            Warnings = warnings,
        };
    }

    /// <summary>The columns of <c>obs</c> that are labels.</summary>
    public static IReadOnlyList<SpotAnnotation> ReadAnnotations(Frame obs, int spots, List<string> warnings)
    {
        var annotations = new List<SpotAnnotation>();
        foreach (string name in obs.ColumnNames)
        {
            FrameColumn? column = obs.ReadColumn(name);
            if (column is null)
            {
                warnings.Add($"{obs.Place}: the column {name} is of a kind that is not read, and was left out.");
                continue;
            }

            if (column.Length != spots)
                throw new BadInputException($"{obs.Place}: the column {name} has {column.Length} values for {spots} spots; write the file anew.");
            if (column.ToAnnotation() is { } annotation)
                annotations.Add(annotation);
        }

        return annotations;
    }

    private static string[] ReadFeatureTypes(Frame var, int features)
    {
        if (!var.ColumnNames.Contains("feature_types"))
            return [];
        FrameColumn? types = var.ReadColumn("feature_types");
        return types is { Kind: ColumnKind.Categorical or ColumnKind.Text } && types.Length == features && !types.Codes.Contains(-1)
            ? [.. types.Codes.Select(code => types.Categories[code])]
            : [];
    }

    private H5Location FindMatrix(string? layer, out string table)
    {
        table = "var";
        if (layer is null or "X")
        {
            return group.Find("X") ?? throw new BadInputException(
                $"{group} has no X{Alternatives()}; write X, or name a layer to read instead.");
        }

        using H5Group? raw = layer == "raw" ? group.FindGroup("raw") : null;
        if (raw?.Find("X") is { } rawMatrix)
        {
            table = "raw/var";
            return rawMatrix;
        }

        // AnnData before 0.7 kept these beside X.
        if (layer == "raw" && group.Find("raw.X") is { } oldRawMatrix)
        {
            table = "raw.var";
            return oldRawMatrix;
        }

        using H5Group? layers = group.FindGroup("layers");
        return layers?.Find(layer) ?? throw new BadInputException(
            $"{group} has no layer '{layer}'{Alternatives()}; name one that is there, or none for X.");
    }

    private List<string> OtherLayers(string taken)
    {
        List<string> names = Layers();
        if (group.Has("X"))
            names.Add("X");
        names.Remove(taken);
        return names;
    }

    private List<string> Layers()
    {
        using H5Group? layers = group.FindGroup("layers");
        var names = new List<string>(layers?.Names() ?? []);
        if (group.Has("raw") || group.Has("raw.X"))
            names.Add("raw");
        return names;
    }

    private string Alternatives()
    {
        List<string> names = Layers();
        return names.Count == 0 ? " and no layers" : $" (layers: {string.Join(", ", names)})";
    }
}
