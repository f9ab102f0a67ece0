using System.Security.Cryptography;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Content;

/// <summary>Content on its way out; the read that comes to its end compares it with its digest before it hands out the last bytes.</summary>
internal sealed class VerifyingStream(OpenArtifact source, ContentDigest expected, string location) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;
    private bool _verified;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => source.Bytes;

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        int read = source.Content.Read(buffer);
        Take(buffer[..read], wanted: buffer.Length);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await source.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Take(buffer.Span[..read], wanted: buffer.Length);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Content.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes, int wanted)
    {
        _hash.AppendData(bytes);
        _read += bytes.Length;
        bool atEnd = (bytes.IsEmpty && wanted > 0) || _read >= source.Bytes;
        if (!atEnd || (_verified && bytes.IsEmpty))
            return;
        if (_read != source.Bytes || Convert.ToHexStringLower(_hash.GetCurrentHash()) != expected.Hex)
        {
            throw new SpatialClusterException(
                FailureKind.Permanent, $"The blob {expected} in the store {location} is damaged: its content has another digest. `store verify` says which results need it; delete it, and those are made again.");
        }

        _verified = true;
    }
}
