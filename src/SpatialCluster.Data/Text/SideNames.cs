using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Text;

/// <summary>Names of the rows or columns of a MatrixMarket file, from a file beside it.</summary>
/// <param name="Path">Where they come from.</param>
/// <param name="Lines">The fields of each line.</param>
internal sealed record SideNames(string Path, IReadOnlyList<string[]> Lines)
{
    private static readonly string[] s_extensions = [".tsv.gz", ".tsv", ".txt.gz", ".txt", ".csv.gz", ".csv"];

    /// <summary>The usual names of files with feature names.</summary>
    public static readonly string[] FeatureWords = ["features", "genes", "peaks", "proteins", "var"];

    /// <summary>The usual names of files with spot names.</summary>
    public static readonly string[] SpotWords = ["barcodes", "spots", "cells", "obs"];

    /// <summary>
    /// Looks beside <c>stem.mtx</c> for <c>stem_word.ext</c>, for <c>prefix_word.ext</c> with ever shorter prefixes of the stem (cut at
    /// <c>_</c>, <c>.</c> and <c>-</c>), and at last for <c>word.ext</c>.
    /// </summary>
    /// <returns>The first that exists; null where none does.</returns>
    public static string? Find(string matrixPath, string[] words)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(matrixPath)) ?? ".";
        string stem = System.IO.Path.GetFileName(matrixPath);
        foreach (string end in (ReadOnlySpan<string>)[".gz", ".mtx"])
        {
            if (stem.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                stem = stem[..^end.Length];
        }

        foreach (string prefix in Prefixes(stem))
        {
            foreach (string word in words)
            {
                foreach (string extension in s_extensions)
                {
                    string candidate = System.IO.Path.Combine(folder, prefix + word + extension);
                    if (File.Exists(candidate))
                        return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>Reads the lines of a file of names.</summary>
    public static SideNames Read(string path)
    {
        var found = new List<string[]>();
        using var lines = new LineReader(path);
        byte delimiter = 0;
        while (lines.Read(out ReadOnlySpan<byte> line))
        {
            if (delimiter == 0)
                delimiter = Delimiter.Sniff(path, line) is var sniffed && sniffed == (byte)' ' ? (byte)'\t' : sniffed;
            found.Add(FieldReader.DecodeAll(line, delimiter)
                ?? throw new BadInputException($"{path}, line {lines.Line:N0}: a quoted name is not closed."));
        }

        return new SideNames(path, found);
    }

    /// <summary>Whether there is a name for each of so many rows; a first line that is surely a header may come before them.</summary>
    public bool Fits(int count) => Lines.Count == count || (Lines.Count == count + 1 && HasHeader());

    /// <summary>One field of each line, without the header; the first where a line has no such field.</summary>
    public string[] Field(int count, int field)
    {
        var names = new string[count];
        int header = Lines.Count - count;
        for (int i = 0; i < count; i++)
        {
            string[] line = Lines[i + header];
            names[i] = line[field < line.Length ? field : 0];
            if (names[i].Length == 0)
                throw new BadInputException($"{Path}: name {i + 1:N0} is empty; give every row and column a name.");
        }

        return names;
    }

    // Called as people call names, or as R does: a field fewer than the lines below, or its x and V1 for a column without a name.
    private bool HasHeader() =>
        HeaderLayout.NamesRows(Lines[0][0])
        || (Lines.Count > 1 && Lines[1].Length == Lines[0].Length + 1)
        || Lines[0] is ["x" or "V1"];

    private static IEnumerable<string> Prefixes(string stem)
    {
        yield return stem + "_";
        yield return stem + ".";
        for (int i = stem.Length - 1; i > 0; i--)
        {
            if (stem[i] is '_' or '.' or '-')
                yield return stem[..(i + 1)];
        }

        yield return "";
    }
}
