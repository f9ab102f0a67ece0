using System.Text;

namespace SpatialCluster.Data.Text;

/// <summary>Walks over the fields of one line; a field may be in double quotes, a quote inside it doubled.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> line, byte delimiter)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private int _next;

    /// <summary>A quote was opened and not closed, or something stands behind the closing one.</summary>
    public bool Malformed { get; private set; }

    /// <summary>The next field without its quotes; false at the end of the line.</summary>
    public bool Next(out ReadOnlySpan<byte> field)
    {
        field = default;
        if (_next > _line.Length)
            return false;
        ReadOnlySpan<byte> rest = _line[_next..];
        if (rest.Length > 0 && rest[0] == (byte)'"')
            return NextQuoted(rest, out field);
        int end = rest.IndexOf(delimiter);
        field = end < 0 ? rest : rest[..end];
        _next += field.Length + 1;
        return true;
    }

    /// <summary>A field as text: spaces around it dropped, doubled quotes made single.</summary>
    public static string Decode(ReadOnlySpan<byte> field)
    {
        string text = Encoding.UTF8.GetString(field).Trim();
        return text.Contains("\"\"") ? text.Replace("\"\"", "\"") : text;
    }

    /// <summary>All fields of a line as text; null where a quote is not closed.</summary>
    public static string[]? DecodeAll(ReadOnlySpan<byte> line, byte delimiter)
    {
        var fields = new List<string>();
        var reader = new FieldReader(line, delimiter);
        while (reader.Next(out ReadOnlySpan<byte> field))
            fields.Add(Decode(field));
        return reader.Malformed ? null : [.. fields];
    }

    private bool NextQuoted(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> field)
    {
        int close = 1;
        while (close < rest.Length)
        {
            int at = rest[close..].IndexOf((byte)'"');
            if (at < 0)
            {
                close = rest.Length;
                break;
            }

            close += at;
            if (close + 1 >= rest.Length || rest[close + 1] != (byte)'"')
                break;
            close += 2;
        }

        if (close >= rest.Length || (close + 1 < rest.Length && rest[close + 1] != delimiter))
        {
            Malformed = true;
            field = default;
            return false;
        }

        field = rest[1..close];
        _next += close + 2;
        return true;
    }
}
