namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>The content of a large blob on its way. The client goes on with the same state after a fault of the network; what remains is explained.</summary>
internal sealed class BlobReadStream(AzureBlobContainer container, Stream content) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            int read = content.Read(buffer, offset, count);
            _read += read;
            return read;
        }
        catch (Exception failure) when (AzureBlobErrors.IsOne(failure, CancellationToken.None))
        {
            throw container.Explain(failure);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            int read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _read += read;
            return read;
        }
        catch (Exception failure) when (AzureBlobErrors.IsOne(failure, cancellationToken))
        {
            throw container.Explain(failure);
        }
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
            content.Dispose();
        base.Dispose(disposing);
    }
}
