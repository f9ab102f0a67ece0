namespace SpatialCluster.Data.Text;

/// <summary>Finds out what separates the fields of a file.</summary>
internal static class Delimiter
{
    private static ReadOnlySpan<byte> Candidates => "\t,; "u8;

    /// <summary>
    /// The separator that the extension promises (tab for <c>.tsv</c>, comma for <c>.csv</c>) where the first line has it outside
    /// quotes; else the first of tab, comma, semicolon and space that it has.
    /// </summary>
    public static byte Sniff(string path, ReadOnlySpan<byte> firstLine)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        byte promised = name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? (byte)',' : (byte)'\t';
        Span<int> counts = stackalloc int[Candidates.Length];
        bool quoted = false;
        foreach (byte letter in firstLine)
        {
            if (letter == (byte)'"')
                quoted = !quoted;
            int candidate = quoted ? -1 : Candidates.IndexOf(letter);
            if (candidate >= 0)
                counts[candidate]++;
        }

        if (counts[Candidates.IndexOf(promised)] > 0)
            return promised;
        for (int c = 0; c < counts.Length; c++)
        {
            if (counts[c] > 0)
                return Candidates[c];
        }

        return promised;
    }
}
