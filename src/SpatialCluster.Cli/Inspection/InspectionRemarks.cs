using SpatialCluster.Data.Slices;

namespace SpatialCluster.Cli.Inspection;

/// <summary>What a user of a table should know, and which option helps.</summary>
internal static class InspectionRemarks
{
    public static void Add(TableInspection table, bool hdf5, List<string> problems, List<string> hints)
    {
        string name = table.Name.Length > 0 ? table.Name : table.Kind;
        string about = table.Name.Length > 0 ? $"{table.Name}: " : "";
        if (table.Name.Length > 0)
            hints.Add($"{about}read this part with --modality {name}=FILE --part {name}={table.Name}.");
        if (!table.HasCoordinates)
            hints.Add($"{about}no coordinates: give them with --coordinates xy.csv{(hdf5 ? " (or write them to obsm/spatial)" : "")}.");
        if (table.FeatureTypes.Count > 1)
            hints.Add($"{about}several feature types ({string.Join(", ", table.FeatureTypes)}): take one per modality, as in --part {name}='{table.FeatureTypes[0]}'.");
        if (table.Values is not { } values)
            return;
        if (!values.Finite)
            problems.Add($"{about}some values are no numbers.");
        if (values.NonZeros == 0)
            problems.Add($"{about}every value is zero.");
        if (values.Negatives > 0)
        {
            problems.Add($"{about}{values.Negatives:N0} values are negative: these are no counts.");
            string[] layers = [.. table.Matrices.Where(m => m.Name != "X").Select(m => m.Name)];
            string[] likely = [.. layers.Where(l => l is "counts" or "raw"), .. layers.Where(l => l is not "counts" and not "raw")];
            hints.Add(likely.Length > 0
                ? $"{about}read the counts with --layer {name}={likely[0]}, or say --preprocessed {name} if these are features ready for use."
                : $"{about}say --preprocessed {name} if these are features ready for use.");
        }
        else if (!values.WholeNumbers && table.Measures != ModalityKind.Metabolite)
        {
            problems.Add($"{about}not all values are whole numbers: they may be normalised already.");
        }

        if (values.EmptySpots > 0)
            problems.Add($"{about}{values.EmptySpots:N0} of {table.Spots:N0} spots have no counts; they stay in the slice.");
        if (values.EmptyFeatures > 0)
            problems.Add($"{about}{values.EmptyFeatures:N0} of {table.Features:N0} features are zero in every spot; they are left out.");
        if (values.SpotsAtTakenPlaces > 0)
            problems.Add($"{about}{values.SpotsAtTakenPlaces:N0} spots lie at the place of another.");
        if (table.Spots < table.Features && !hdf5 && table.Spots < 50)
            hints.Add($"{about}only {table.Spots:N0} spots: if features lie in rows, say --features-in-rows {name}.");
    }
}
