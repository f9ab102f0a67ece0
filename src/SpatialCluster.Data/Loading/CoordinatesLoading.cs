using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Loading;

/// <summary>Finds the places of a slice's spots.</summary>
internal static class CoordinatesLoading
{
    /// <summary>Places for the spots of the first table, from where the request says, else from the first file that has some.</summary>
    public static PlacedTables Find(SliceRequest request, IReadOnlyList<MeasurementTable> tables, SpotJoin join, List<LoadNote> notes)
    {
        MeasurementTable first = tables[0];
        if (request.Coordinates is { Path: { } path } source)
        {
            SpotPlaces places = CoordinatesReader.Read(path, first.SpotNames, source.Columns);
            notes.Add(new LoadNote(LoadSeverity.Info, places.Note));
            bool[] keep = [.. places.Placed.Select((placed, i) => placed && (places.OnTissue[i] || request.KeepOffTissue))];
            return new PlacedTables(places.Coordinates, places.Placed, keep);
        }

        if (request.Coordinates is not null)
        {
            notes.Add(new LoadNote(LoadSeverity.Info, "Coordinates come from the spot names."));
            return Everywhere(CoordinatesReader.FromNames(first.Source, first.SpotNames));
        }

        int owner = -1;
        for (int t = tables.Count - 1; t >= 0; t--)
            owner = tables[t].Coordinates is null ? owner : t;
        if (owner < 0)
        {
            string named = first.SpotNames.All(name => GridName.TryParse(name, out _, out _)) ? " (spots are called by their place: --coordinates names)" : "";
            throw new BadInputException($"{first.Source} has no coordinates; give them with --coordinates xy.csv, or --coordinates names where spots are called like 12x34{named}.");
        }

        SpotCoordinates found = tables[owner].Coordinates!;
        var x = new double[first.SpotNames.Count];
        var y = new double[x.Length];
        Array.Fill(x, double.NaN);
        Array.Fill(y, double.NaN);
        for (int i = 0; i < join.Rows[0].Length; i++)
        {
            int row = join.Rows[owner][i];
            if (!double.IsFinite(found.X[row]) || !double.IsFinite(found.Y[row]))
                throw new BadInputException($"{tables[owner].Source}: the place of spot '{tables[owner].SpotNames[row]}' is not finite; give coordinates with --coordinates xy.csv.");
            x[join.Rows[0][i]] = found.X[row];
            y[join.Rows[0][i]] = found.Y[row];
        }

        notes.Add(new LoadNote(LoadSeverity.Info, $"Coordinates come from {tables[owner].Source}."));
        for (int t = owner + 1; t < tables.Count; t++)
            Compare(tables, join, owner, t, notes);
        return Everywhere(new SpotCoordinates(x, y));
    }

    /// <summary>How many spots lie at the place of an earlier one, and the first such pair.</summary>
    public static (int Count, int First, int Second) SharedPlaces(SpotCoordinates coordinates)
    {
        var seen = new Dictionary<(double X, double Y), int>(coordinates.Count);
        (int Count, int First, int Second) shared = (0, -1, -1);
        for (int i = 0; i < coordinates.Count; i++)
        {
            (double, double) place = (coordinates.X[i], coordinates.Y[i]);
            if (seen.TryAdd(place, i))
                continue;
            shared = shared.Count == 0 ? (1, seen[place], i) : shared with { Count = shared.Count + 1 };
        }

        return shared;
    }

    private static PlacedTables Everywhere(SpotCoordinates coordinates)
    {
        var all = new bool[coordinates.Count];
        Array.Fill(all, true);
        return new PlacedTables(coordinates, all, all);
    }

    private static void Compare(IReadOnlyList<MeasurementTable> tables, SpotJoin join, int owner, int other, List<LoadNote> notes)
    {
        if (tables[other].Coordinates is not { } theirs)
            return;
        SpotCoordinates ours = tables[owner].Coordinates!;
        int differing = 0;
        for (int i = 0; i < join.Rows[0].Length; i++)
        {
            int a = join.Rows[owner][i];
            int b = join.Rows[other][i];
            differing += ours.X[a] != theirs.X[b] || ours.Y[a] != theirs.Y[b] ? 1 : 0;
        }

        if (differing > 0)
            notes.Add(new LoadNote(LoadSeverity.Warning, $"{differing:N0} of {join.Rows[0].Length:N0} spots lie elsewhere in {tables[other].Source} than in {tables[owner].Source}; the places of the latter are used."));
    }
}
