using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Collects what preprocessing did that a user should know.</summary>
internal sealed class PreprocessingNotes(string modality)
{
    private const int NamesShown = 10;
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string line) => _lines.Add($"{modality}: {line}");

    public void AddFeatures(string what, IReadOnlyList<string> names, Func<int, bool> affected)
    {
        int[] positions = [.. Enumerable.Range(0, names.Count).Where(affected)];
        if (positions.Length == 0)
            return;
        string shown = string.Join(", ", positions.Take(NamesShown).Select(at => names[at]));
        Add($"{positions.Length} of {names.Count} features are {what}: {shown}{(positions.Length > NamesShown ? ", …" : string.Empty)}");
    }

    public void AddEmptySpots(CsrMatrix selected, string consequence)
    {
        int empty = Enumerable.Range(0, selected.Rows).Count(row => selected.RowColumns(row).Length == 0);
        if (empty > 0)
            Add($"{empty} of {selected.Rows} spots have no counts in the features kept; they stay, and {consequence}");
    }
}
