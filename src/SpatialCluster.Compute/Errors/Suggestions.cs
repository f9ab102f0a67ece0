namespace SpatialCluster.Compute.Errors;

/// <summary>Finds the known words that a mistyped one is nearest to.</summary>
public static class Suggestions
{
    private const int Most = 3;

    /// <summary>The nearest words, if any is near: at most a third of the letters differ, or one begins with the other.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been.</param>
    /// <returns>At most three, the nearest first.</returns>
    public static string[] For(string word, IEnumerable<string> known)
    {
        (string Word, int Distance)[] measured = [.. known.Select(candidate => (candidate, Distance(word, candidate)))];
        int reach = int.Max(1, word.Length / 3);
        return
        [
            .. measured
                .Where(m => m.Distance <= reach || (word.Length > 4 && (m.Word.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(m.Word, StringComparison.Ordinal))))
                .OrderBy(m => m.Distance).ThenBy(m => m.Word, StringComparer.Ordinal).Select(m => m.Word).Take(Most),
        ];
    }

    /// <summary>The nearest words as the end of a sentence.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been.</param>
    /// <returns>Such as <c>did you mean 'epochs'?</c>, or a list of all where none is near.</returns>
    public static string Sentence(string word, IReadOnlyCollection<string> known) => For(word, known) is { Length: > 0 } near
        ? $"did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?"
        : $"known are {string.Join(", ", known)}.";

    /// <summary>Insertions, deletions and replacements from one word to the other (Levenshtein 1966).</summary>
    internal static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = int.Min(replaced, int.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
