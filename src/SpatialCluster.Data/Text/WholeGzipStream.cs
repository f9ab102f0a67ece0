using System.IO.Compression;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Inflates gzip and notices a file that was cut short, which <see cref="GZipStream"/> takes for its end. The trick: a member of
/// our own follows the file; only when every member before it was whole does its content come out last.
/// </summary>
internal sealed class WholeGzipStream(Stream file) : ReadOnlyStream
{
    private readonly GZipStream _inflated = new(new SealedInput(file), CompressionMode.Decompress);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        while (!_ended)
        {
            int ready = _end - _start - SealedInput.Seal.Length;
            if (ready > 0)
            {
                int count = Math.Min(ready, buffer.Length);
                _buffer.AsSpan(_start, count).CopyTo(buffer);
                _start += count;
                return count;
            }

            Fill();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inflated.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int read = _inflated.Read(_buffer.AsSpan(_end));
        _end += read;
        if (read > 0)
            return;
        _ended = true;
        if (!_buffer.AsSpan(0, _end).SequenceEqual(SealedInput.Seal))
            throw new InvalidDataException("The compressed data end too early.");
    }
}
