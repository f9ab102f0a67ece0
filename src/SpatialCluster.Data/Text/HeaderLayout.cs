using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Text;

/// <summary>What the first two lines of a dense text matrix say about its columns.</summary>
/// <param name="ColumnNames">One name per column of numbers.</param>
/// <param name="HasRowNames">The first field of each row is its name.</param>
/// <param name="FirstLineIsData">There is no header: the first line is a row already.</param>
internal sealed record HeaderLayout(string[] ColumnNames, bool HasRowNames, bool FirstLineIsData)
{
    private static readonly HashSet<string> s_nameHeaders =
    [
        "", "spot", "spots", "spotid", "spotname", "barcode", "barcodes", "cell", "cells", "cellid", "cellname", "cellbarcode", "id", "ids",
        "index", "name", "names", "rownames", "unnamed0", "obsnames", "sample", "gene", "genes", "geneid", "genename", "symbol", "feature",
        "features", "protein", "peak", "varnames", "bin", "location",
    ];

    /// <summary>The word of a header without case and punctuation.</summary>
    public static string Normalise(string header) =>
        string.Concat(header.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Whether a header is one that people give to a column of spot (or feature) names.</summary>
    public static bool NamesRows(string header) => s_nameHeaders.Contains(Normalise(header));

    /// <summary>Decides between the shapes that people have.</summary>
    /// <param name="path">For the message.</param>
    /// <param name="header">The fields of the first line.</param>
    /// <param name="row">The fields of the second line; null where there is none.</param>
    public static HeaderLayout Of(string path, string[] header, string[]? row)
    {
        bool numericHeader = header.All(IsNumber);
        if (row is null)
        {
            throw new BadInputException(numericHeader
                ? $"{path} has one line only, all numbers; give a file with a header line and one line per spot."
                : $"{path} has a header line and no rows; give a file with one line per spot.");
        }

        // As R writes it: the header has no field for the row names.
        if (row.Length == header.Length + 1)
            return new HeaderLayout(header, HasRowNames: true, FirstLineIsData: false);
        if (row.Length != header.Length)
        {
            throw new BadInputException(
                $"{path}, line 2: {row.Length:N0} fields, but the header has {header.Length:N0}; every line needs as many fields as the header (or one more, a row name).");
        }

        if (NamesRows(header[0]) || !IsNumber(row[0]))
        {
            if (header.Length == 1)
                throw new BadInputException($"{path} has a single column of names and no numbers; check the file and its separator.");
            return new HeaderLayout(header[1..], HasRowNames: true, FirstLineIsData: false);
        }

        // Numbers may be names (m/z channels), but names differ from each other; counts in a file without header do not.
        return numericHeader && header.Distinct().Count() < header.Length
            ? new HeaderLayout(UniqueNames.Numbered(header.Length), HasRowNames: false, FirstLineIsData: true)
            : new HeaderLayout(header, HasRowNames: false, FirstLineIsData: false);
    }

    private static bool IsNumber(string field) => NumberText.TryParse(field, out _) && !NumberText.IsMissing(field);
}
