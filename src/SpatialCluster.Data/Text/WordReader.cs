namespace SpatialCluster.Data.Text;

/// <summary>Walks over the words of a line that are parted by any run of spaces and tabs.</summary>
internal ref struct WordReader(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line.Trim(" \t"u8);

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool Next(out ReadOnlySpan<byte> word)
    {
        int end = _rest.IndexOfAny((byte)' ', (byte)'\t');
        word = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[end..].TrimStart(" \t"u8);
        return !word.IsEmpty;
    }

    public bool NextCount(out long value)
    {
        value = 0;
        return Next(out ReadOnlySpan<byte> word) && NumberText.TryParseCount(word, out value);
    }
}
