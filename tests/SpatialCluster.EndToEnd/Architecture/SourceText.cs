using System.Text;

namespace SpatialCluster.EndToEnd.Architecture;

/// <summary>C# source with its comments blanked out; lines keep their numbers.</summary>
internal static class SourceText
{
    public static string WithoutComments(string source)
    {
        StringBuilder code = new(source.Length);
        int i = 0;
        while (i < source.Length)
        {
            int length = LiteralLength(source, i);
            if (length > 0)
            {
                code.Append(source, i, length);
            }
            else if (Starts(source, i, "//"))
            {
                length = LengthUntil(source, i, "\n", inclusive: false);
            }
            else if (Starts(source, i, "/*"))
            {
                length = LengthUntil(source, i + 2, "*/", inclusive: true) + 2;
                code.Append('\n', source.AsSpan(i, length).Count('\n'));
            }
            else
            {
                length = 1;
                code.Append(source[i]);
            }

            i += length;
        }

        return code.ToString();
    }

    /// <summary>How long the string or character literal is that begins here; 0 where none does.</summary>
    private static int LiteralLength(string source, int start)
    {
        if (source[start] == '\'')
            return EscapedLength(source, start, '\'');
        if (source[start] != '"')
            return 0;
        int quotes = 1;
        while (start + quotes < source.Length && source[start + quotes] == '"')
            quotes++;
        if (quotes >= 3)
            return quotes + LengthUntil(source, start + quotes, new string('"', quotes), inclusive: true);
        bool verbatim = start > 0 && (source[start - 1] == '@' || (source[start - 1] == '$' && start > 1 && source[start - 2] == '@'));
        // In a verbatim string a doubled quote reads as one literal that ends and one that begins: the sum is the same.
        return verbatim ? 1 + LengthUntil(source, start + 1, "\"", inclusive: true) : EscapedLength(source, start, '"');
    }

    private static int EscapedLength(string source, int start, char quote)
    {
        int i = start + 1;
        while (i < source.Length && source[i] != quote && source[i] != '\n')
            i += source[i] == '\\' ? 2 : 1;
        return Math.Min(i + 1, source.Length) - start;
    }

    private static bool Starts(string source, int at, string what) => string.CompareOrdinal(source, at, what, 0, what.Length) == 0;

    private static int LengthUntil(string source, int start, string end, bool inclusive)
    {
        int at = source.IndexOf(end, start, StringComparison.Ordinal);
        return at < 0 ? source.Length - start : at - start + (inclusive ? end.Length : 0);
    }
}
