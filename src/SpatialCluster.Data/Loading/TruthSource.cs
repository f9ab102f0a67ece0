using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Loading;

/// <summary>Where known labels of the spots come from.</summary>
public sealed record TruthSource
{
    private TruthSource()
    {
    }

    /// <summary>The file; null where the labels are a column of the modalities' own <c>obs</c>.</summary>
    public string? Path { get; private init; }

    /// <summary>The column; null where the file has a single one.</summary>
    public string? Column { get; private init; }

    /// <summary>The column of spot names in the file, where it was said.</summary>
    public string? SpotColumn { get; private init; }

    /// <summary>Reads <c>obs:domain</c>, <c>labels.csv</c>, <c>labels.csv:domain</c> or <c>labels.csv:spot,domain</c>.</summary>
    /// <param name="text">As on the command line.</param>
    /// <returns>The source.</returns>
    /// <exception cref="BadInputException">A column without a name.</exception>
    public static TruthSource Parse(string text)
    {
        if (text.StartsWith("obs:", StringComparison.Ordinal) && text.Length > 4)
            return new TruthSource { Column = text[4..] };
        (string path, string? columns) = PathAndColumn.Split(text);
        return columns?.Split(',', StringSplitOptions.TrimEntries) switch
        {
            null => new TruthSource { Path = path },
            [{ Length: > 0 } column] => new TruthSource { Path = path, Column = column },
            [{ Length: > 0 } spot, { Length: > 0 } column] => new TruthSource { Path = path, Column = column, SpotColumn = spot },
            _ => throw new BadInputException($"--truth {text}: behind the colon stands the column of labels, or the columns of spot names and labels, as in labels.csv:domain."),
        };
    }
}
