using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.AnnData;

/// <summary>Reads one modality of a <c>.h5mu</c> file, with what the file keeps for all of them.</summary>
internal static class MuDataReader
{
    /// <summary>Reads the modality that <see cref="ReadOptions.Part"/> names, or the only one.</summary>
    public static MeasurementTable Read(H5Group root, ReadOptions options)
    {
        using H5Group modalities = OpenModalities(root);
        IReadOnlyList<string> names = modalities.Names();
        string name = options.Part ?? (names.Count == 1 ? names[0] : throw new BadInputException(
            $"{root} holds several modalities ({string.Join(", ", names)}); say which one to read."));
        using H5Group modality = modalities.FindGroup(name) ?? throw new BadInputException(
            $"{root} has no modality '{name}'; it has: {string.Join(", ", names)}.");
        MeasurementTable table = new AnnDataGroup(modality).Read(options);
        return root.Has("obs") ? WithShared(root, table) : table;
    }

    /// <summary>The group of the modalities.</summary>
    public static H5Group OpenModalities(H5Group root) => root.FindGroup("mod")
        ?? throw new BadInputException($"{root} says it is MuData, but lacks the group mod; write the file anew.");

    // Places and labels that the file keeps at its root, by spot name.
    private static MeasurementTable WithShared(H5Group root, MeasurementTable table)
    {
        using Frame obs = Frame.Open(root, "obs");
        string[] all = obs.ReadIndex();
        UniqueNames.Require(all, obs.Place);
        var rows = new Dictionary<string, int>(all.Length, StringComparer.Ordinal);
        for (int i = 0; i < all.Length; i++)
            rows.Add(all[i], i);
        int[] places = [.. table.SpotNames.Select(spot => rows.GetValueOrDefault(spot, -1))];
        if (places.Contains(-1))
            return table;

        var warnings = new List<string>(table.Warnings);
        var annotations = new List<SpotAnnotation>(table.Annotations);
        foreach (SpotAnnotation shared in AnnDataGroup.ReadAnnotations(obs, all.Length, warnings))
        {
            if (annotations.TrueForAll(own => own.Name != shared.Name))
                annotations.Add(shared with { Codes = [.. places.Select(place => shared.Codes[place])] });
        }

        SpotCoordinates? coordinates = table.Coordinates;
        if (coordinates is null && SpatialPlaces.Read(root, all, warnings) is { } common)
            coordinates = new SpotCoordinates([.. places.Select(place => common.X[place])], [.. places.Select(place => common.Y[place])]);
        return table with { Coordinates = coordinates, Annotations = annotations, Warnings = warnings };
    }
}
