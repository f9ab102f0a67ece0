using System.Security.Cryptography;

namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>
/// Takes the content of a file that is being staged. Failures of the disk are told here, so that a failure of whatever the
/// content comes from is never taken for one.
/// </summary>
internal sealed class StagingStream(FileStream file, IncrementalHash? hash, Func<IOException, Exception> explain) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _buffered;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Bytes; set => throw new NotSupportedException(); }

    /// <summary>How much was written.</summary>
    public long Bytes { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Bytes += buffer.Length;
        if (buffer.Length > _buffer.Length - _buffered)
            Complete();
        if (buffer.Length > _buffer.Length)
        {
            Store(buffer);
            return;
        }

        buffer.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += buffer.Length;
    }

    /// <summary>Hands the last bytes to the file. Disposing does not: what is given up need not be written.</summary>
    public void Complete()
    {
        Store(_buffer.AsSpan(0, _buffered));
        _buffered = 0;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    // Linux has no asynchronous files that are worth it: the runtime would only send the same call to another thread.
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Whoever writes may flush as often as he likes; what counts is flushed once, at the end.
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Store(ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Write(bytes);
        }
        catch (IOException failure)
        {
            throw explain(failure);
        }

        hash?.AppendData(bytes);
    }
}
