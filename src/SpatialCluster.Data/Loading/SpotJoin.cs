using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>The spots that all modalities have, in the order of the first.</summary>
/// <param name="Rows">For each table the row of each spot.</param>
/// <param name="Unmatched">How many spots some table has and another lacks.</param>
/// <param name="Note">What does not match, if something does not.</param>
internal sealed record SpotJoin(int[][] Rows, int Unmatched, LoadNote? Note)
{
    /// <summary>The share of spots that must match unless the user allows less.</summary>
    public const double LeastShare = 0.95;

    /// <summary>Joins by spot name.</summary>
    public static SpotJoin Of(IReadOnlyList<ModalityRequest> requests, IReadOnlyList<MeasurementTable> tables, bool allowUnmatched)
    {
        var rowOf = new Dictionary<string, int>[tables.Count];
        for (int t = 0; t < tables.Count; t++)
            rowOf[t] = Index(tables[t]);

        var common = new List<string>(tables[0].SpotNames);
        for (int t = 1; t < tables.Count; t++)
        {
            common.RemoveAll(name => !rowOf[t].ContainsKey(name));
            if (common.Count == 0)
                throw NothingInCommon(requests, tables, t);
        }

        var union = new HashSet<string>();
        foreach (MeasurementTable table in tables)
            union.UnionWith(table.SpotNames);
        int largest = tables.Max(table => table.SpotNames.Count);
        string account = $"{common.Count:N0} of {largest:N0} spots are in all modalities ({string.Join(", ", tables.Select((table, t) => $"{requests[t].Name} has {table.SpotNames.Count:N0}"))})";
        if (common.Count < LeastShare * largest && !allowUnmatched)
            throw new BadInputException($"Only {account}, fewer than 95 %; check that the files are of one slice, or say --allow-unmatched to go on with those.");

        var rows = new int[tables.Count][];
        for (int t = 0; t < tables.Count; t++)
            rows[t] = [.. common.Select(name => rowOf[t][name])];
        int unmatched = union.Count - common.Count;
        return new SpotJoin(rows, unmatched, unmatched == 0 ? null : new LoadNote(LoadSeverity.Warning, $"{account}; {Spots(unmatched)} that some modality lacks {(unmatched == 1 ? "is" : "are")} left out."));
    }

    private static string Spots(int count) => count == 1 ? "1 spot" : $"{count:N0} spots";

    private static Dictionary<string, int> Index(MeasurementTable table)
    {
        var index = new Dictionary<string, int>(table.SpotNames.Count);
        for (int row = 0; row < table.SpotNames.Count; row++)
        {
            if (!index.TryAdd(table.SpotNames[row], row))
                throw new BadInputException($"{table.Source}: the spot name '{table.SpotNames[row]}' occurs twice; spot names must differ.");
        }

        return index;
    }

    private static BadInputException NothingInCommon(IReadOnlyList<ModalityRequest> requests, IReadOnlyList<MeasurementTable> tables, int culprit)
    {
        MeasurementTable first = tables[0];
        MeasurementTable other = tables[culprit];
        var spots = new HashSet<string>(first.SpotNames);
        string hint = other.FeatureNames.Any(spots.Contains)
            ? $" Features of {requests[culprit].Name} are called like spots: if they lie in rows, say --features-in-rows {requests[culprit].Name}."
            : first.FeatureNames.Any(new HashSet<string>(other.SpotNames).Contains)
                ? $" Features of {requests[0].Name} are called like spots: if they lie in rows, say --features-in-rows {requests[0].Name}."
                : " Give files of one slice with the same spot names.";
        return new BadInputException(
            $"{requests[culprit].Name} ({other.Source}) has no spot in common with {(culprit == 1 ? requests[0].Name : "the modalities before it")} ({first.Source}): '{Example(other)}' against '{Example(first)}'.{hint}");
    }

    private static string Example(MeasurementTable table) => table.SpotNames.Count == 0 ? "" : table.SpotNames[0];
}
