using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Loading;

/// <summary>
/// Loads a slice: reads each modality, joins them by spot name in the order of the first, adds coordinates and labels, and reports
/// what it found. Spots without counts and features of zeros stay.
/// </summary>
/// <param name="reader">Reads each modality's file.</param>
public sealed class SliceLoader(TableReader reader)
{
    /// <summary>Loads a slice.</summary>
    /// <param name="request">What to load.</param>
    /// <returns>The slice, the labels that were asked for, and the report.</returns>
    /// <exception cref="BadInputException">
    /// A modality's name twice or of unknown kind; whatever a reader refuses; NaN, or negative values where counts are expected; no
    /// spot in common, or fewer than 95 % (<see cref="SliceRequest.AllowUnmatched"/>); no coordinates, or for fewer than 95 %.
    /// </exception>
    public LoadedSlice Load(SliceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ModalityKind[] kinds = CheckNames(request.Modalities);
        var notes = new List<LoadNote>();
        var tables = new MeasurementTable[kinds.Length];
        for (int t = 0; t < tables.Length; t++)
            tables[t] = ReadTable(request.Modalities[t], kinds[t], notes);

        SpotJoin join = SpotJoin.Of(request.Modalities, tables, request.AllowUnmatched);
        if (join.Note is not null)
            notes.Add(join.Note);
        PlacedTables places = CoordinatesLoading.Find(request, tables, join, notes);
        (int unplaced, int offTissue) = CheckPlaces(request, join, places, notes);
        int[][] rows = KeepPlaced(join.Rows, places.Keep);
        string[] spotNames = [.. rows[0].Select(row => tables[0].SpotNames[row])];
        var coordinates = new SpotCoordinates(
            [.. rows[0].Select(row => places.Coordinates.X[row])], [.. rows[0].Select(row => places.Coordinates.Y[row])]);
        (int shared, int firstOfPair, int secondOfPair) = CoordinatesLoading.SharedPlaces(coordinates);
        if (shared > 0)
            notes.Add(new LoadNote(LoadSeverity.Warning, $"{shared:N0} spots lie at the place of another ('{spotNames[secondOfPair]}' at that of '{spotNames[firstOfPair]}'); they are kept."));

        var modalities = new Modality[tables.Length];
        var figures = new ModalityReport[tables.Length];
        for (int t = 0; t < tables.Length; t++)
        {
            modalities[t] = new Modality
            {
                Name = request.Modalities[t].Name,
                Kind = kinds[t],
                Counts = RowSelection.Take(tables[t].Values, rows[t]),
                FeatureNames = tables[t].FeatureNames,
            };
            figures[t] = ModalityFigures.Of(modalities[t], tables[t], spotNames);
            notes.AddRange(ModalityFigures.Notes(figures[t], spotNames.Length));
        }

        IReadOnlyList<SpotAnnotation> annotations = AnnotationLoading.Gather(tables, rows);
        SpotAnnotation? truth = request.Truth is null ? null : AnnotationLoading.Truth(request.Truth, tables[0], annotations, rows[0], notes);
        var slice = new Slice
        {
            Name = request.Name ?? NameOf(request.Modalities[0].Path),
            SpotNames = spotNames,
            Coordinates = coordinates,
            Modalities = modalities,
            Annotations = annotations,
        };
        return new LoadedSlice(slice, truth, new LoadReport
        {
            Spots = spotNames.Length,
            UnmatchedSpots = join.Unmatched,
            UnplacedSpots = unplaced,
            OffTissueSpots = offTissue,
            SpotsAtTakenPlaces = shared,
            LabelledSpots = truth?.Codes.Count(code => code >= 0) ?? 0,
            Modalities = figures,
            Notes = notes,
        });
    }

    private static ModalityKind[] CheckNames(IReadOnlyList<ModalityRequest> requests)
    {
        if (requests.Count == 0)
            throw new BadInputException("A slice needs a modality; name one, as in --modality rna=a.h5ad.");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ModalityRequest request in requests)
        {
            if (string.IsNullOrWhiteSpace(request.Name))
                throw new BadInputException($"The modality of {request.Path} has no name; name it, as in --modality rna={request.Path}.");
            if (!seen.Add(request.Name))
                throw new BadInputException($"Two modalities are called '{request.Name}'; give each a name of its own, such as rna and protein.");
        }

        return [.. requests.Select(ModalityKinds.Of)];
    }

    private MeasurementTable ReadTable(ModalityRequest request, ModalityKind kind, List<LoadNote> notes)
    {
        MeasurementTable table = reader.Read(request.Path, request.Options);
        notes.AddRange(table.Warnings.Select(warning => new LoadNote(LoadSeverity.Warning, $"{request.Name}: {warning}")));
        if (request.Options.Part is null && table.FeatureTypes.Distinct().Count() > 1)
        {
            string[] known = ModalityKinds.FeatureTypes(kind);
            string type = table.FeatureTypes.FirstOrDefault(t => known.Contains(t, StringComparer.OrdinalIgnoreCase)) ?? throw new BadInputException(
                $"{table.Source} holds several modalities ({string.Join(", ", table.FeatureTypes.Distinct().Order(StringComparer.Ordinal))}); say which is '{request.Name}', as in --part {request.Name}={table.FeatureTypes[0]}.");
            table = FeatureTypeSelection.Take(table, type);
            notes.Add(new LoadNote(LoadSeverity.Info, $"{request.Name}: the {table.FeatureNames.Count:N0} features of the type '{type}' were taken."));
        }

        if (table.SpotNames.Count == 0 || table.FeatureNames.Count == 0)
            throw new BadInputException($"{table.Source} holds {table.SpotNames.Count:N0} spots and {table.FeatureNames.Count:N0} features; there is nothing to load.");
        if (CountsCheck.Check(request, kind, table) is { } note)
            notes.Add(note);
        return table;
    }

    private static (int Unplaced, int OffTissue) CheckPlaces(SliceRequest request, SpotJoin join, PlacedTables places, List<LoadNote> notes)
    {
        int[] rows = join.Rows[0];
        int unplaced = rows.Count(row => !places.Placed[row]);
        int offTissue = rows.Count(row => places.Placed[row] && !places.Keep[row]);
        if (unplaced > 0)
        {
            string account = $"{rows.Length - unplaced:N0} of {rows.Length:N0} spots have coordinates";
            if (rows.Length - unplaced < SpotJoin.LeastShare * rows.Length && !request.AllowUnmatched)
                throw new BadInputException($"Only {account}, fewer than 95 %; check the file given with --coordinates, or say --allow-unmatched to go on with those.");
            notes.Add(new LoadNote(LoadSeverity.Warning, $"{account}; the other {unplaced:N0} are left out."));
        }

        if (offTissue > 0)
            notes.Add(new LoadNote(LoadSeverity.Info, $"{offTissue:N0} of {rows.Length:N0} spots lie off the tissue, as the coordinates file says, and are left out (--keep-off-tissue keeps them)."));
        return unplaced + offTissue < rows.Length
            ? (unplaced, offTissue)
            : throw new BadInputException("No spot has coordinates on the tissue; check the file given with --coordinates.");
    }

    private static int[][] KeepPlaced(int[][] rows, bool[] keep)
    {
        int[] kept = [.. Enumerable.Range(0, rows[0].Length).Where(i => keep[rows[0][i]])];
        return kept.Length == rows[0].Length ? rows : [.. rows.Select(table => kept.Select(i => table[i]).ToArray())];
    }

    private static string NameOf(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        foreach (string end in (ReadOnlySpan<string>)[".gz", ".csv", ".tsv", ".txt", ".mtx", ".h5ad", ".h5mu", ".h5"])
        {
            if (name.Length > end.Length && name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                name = name[..^end.Length];
        }

        return name;
    }
}
