using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Lines of a file as bytes, without their ends (LF or CR LF) and without a byte-order mark. Memory is that of the longest line;
/// lines that are empty are passed over.
/// </summary>
internal sealed class LineReader : IDisposable
{
    private const int LongestLine = 1 << 29;
    private readonly TextInput _input;
    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private bool _ended;

    public LineReader(string path)
    {
        Path = path;
        _input = TextInput.Open(path);
        try
        {
            Fill();
            ReadOnlySpan<byte> head = _buffer.AsSpan(0, _end);
            if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
                _start = 3;
            if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
                throw new BadInputException($"{path} is UTF-16 text; save it as UTF-8.");
            if (head[..Math.Min(head.Length, 4096)].Contains((byte)0))
                throw new BadInputException($"{path} is not a text file: it holds zero bytes; give a CSV, TSV or MatrixMarket file.");
        }
        catch
        {
            _input.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>The number of the line read last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The next line that is not empty; the span is valid until the next call.</summary>
    public bool Read(out ReadOnlySpan<byte> line)
    {
        while (ReadAny(out line))
        {
            if (!line.IsEmpty)
                return true;
        }

        return false;
    }

    public void Dispose() => _input.Dispose();

    private bool ReadAny(out ReadOnlySpan<byte> line)
    {
        int scanned = 0;
        while (true)
        {
            int at = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = WithoutReturn(_buffer.AsSpan(_start, scanned + at));
                _start += scanned + at + 1;
                Line++;
                return true;
            }

            scanned = _end - _start;
            if (_ended)
                break;
            Fill();
        }

        line = WithoutReturn(_buffer.AsSpan(_start, scanned));
        _start = _end;
        if (scanned == 0)
            return false;
        Line++;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
                throw new BadInputException($"{Path}, line {Line + 1}: the line is longer than {LongestLine >> 20} MiB; this is no table of text.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = _input.Read(_buffer.AsSpan(_end));
        _end += read;
        _ended = read == 0;
    }

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) =>
        line.Length > 0 && line[^1] == (byte)'\r' ? line[..^1] : line;
}
