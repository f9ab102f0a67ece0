using System.Buffers;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>
/// Takes the content of a blob. What fits into one block goes by one request at the end; what is larger goes in blocks while it is
/// written, a few at a time, and gets its name when their list is committed. Only that last request has conditions.
/// </summary>
/// <remarks>
/// Each write has an identity, kept in the blob's metadata. Where an answer was lost, the client asks again and hears that the
/// blob is there, or is another: whether that was our own doing, the identity says.
/// </remarks>
internal sealed class BlobUpload : Stream
{
    private const string IdentityKey = "spatialcluster_write";
    private const int FirstBytes = 1 << 14;
    private const int MostBlocks = 50_000;

    private static readonly UploadTransferValidationOptions s_checked = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    private readonly AzureBlobContainer _container;
    private readonly string _name;
    private readonly BlockBlobClient _blob;
    private readonly ArtifactTag? _expected;
    private readonly CancellationToken _cancellation;
    private readonly string _identity = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim _slots;
    private readonly List<Task> _sent = [];
    private readonly List<string> _blocks = [];
    private byte[] _block = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _used;
    private long _written;
    private bool _inBlocks;
    private bool _outdone;
    private bool _letGo;

    public BlobUpload(AzureBlobContainer container, string name, ArtifactTag? expected, CancellationToken cancellation)
    {
        _container = container;
        _name = name;
        _blob = container.Blob(name);
        _expected = expected;
        _cancellation = cancellation;
        _slots = new SemaphoreSlim(container.Options.ParallelBlocks);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _written; set => throw new NotSupportedException(); }

    private int BlockBytes => _container.Options.BlockBytes;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (!buffer.IsEmpty)
        {
            if (_used == BlockBytes)
                await SendAsync().ConfigureAwait(false);
            buffer = buffer[Take(buffer.Span)..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Writers of files know nothing of tasks; they run on threads of their own, which may wait.
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_used == BlockBytes)
                SendAsync().GetAwaiter().GetResult();
            buffer = buffer[Take(buffer)..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Gives what was written its name.</summary>
    /// <returns>The tag; null where the blob is in another state than the expected.</returns>
    public async Task<ArtifactTag?> CompleteAsync()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_inBlocks && _used > 0)
            await SendAsync().ConfigureAwait(false);
        await Task.WhenAll(_sent).ConfigureAwait(false);
        if (_outdone)
            return null;
        using IDisposable scope = SendCount.Begin(out SendCount sends);
        return await _container.AttemptAsync<ArtifactTag?>(
            async () =>
            {
                try
                {
                    Response<BlobContentInfo> answer = _inBlocks ? await CommitAsync().ConfigureAwait(false) : await PutAsync().ConfigureAwait(false);
                    return answer.Value.ETag.ToArtifactTag();
                }
                catch (RequestFailedException failure) when (IsOutdone(failure))
                {
                    bool isStrange = _expected is null && !_inBlocks;
                    if (!sends.IsInDoubt && !isStrange)
                        return null;
                    BlobProperties? there = await _container.PropertiesAsync(_name, _cancellation).ConfigureAwait(false);
                    if (there is not null)
                        return IsOurs(there) ? there.ETag.ToArtifactTag() : null;
                    // The emulator takes blocks that somebody sent and never committed for a blob, but does commit others over them.
                    return isStrange ? await CompleteInBlocksAsync().ConfigureAwait(false) : null;
                }
                catch (RequestFailedException failure) when (failure.Status == 400 && failure.ErrorCode == BlobErrorCode.InvalidBlockList)
                {
                    return await LostBlocksAsync(failure).ConfigureAwait(false);
                }
            },
            _cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits for what is on its way, and lets go; nothing has a name that was not completed.</summary>
    /// <remarks>Not by being disposed: whoever was given the stream may close it.</remarks>
    public async Task LetGoAsync()
    {
        if (_letGo)
            return;
        _letGo = true;
        await Task.WhenAll(_sent).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ArrayPool<byte>.Shared.Return(_block);
        _slots.Dispose();
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        int room = int.Min(bytes.Length, BlockBytes - _used);
        if (_used + room > _block.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(int.Min(BlockBytes, int.Max(_used + room, 4 * _block.Length)));
            _block.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_block);
            _block = larger;
        }

        bytes[..room].CopyTo(_block.AsSpan(_used));
        _used += room;
        _written += room;
        return room;
    }

    // Sends a block while the next is filled.
    private async Task SendAsync()
    {
        _inBlocks = true;
        // What nobody will take need not travel.
        if (_blocks.Count == 0 && !_outdone)
            _outdone = await StateAsync().ConfigureAwait(false) != _expected;
        if (_outdone)
        {
            _used = 0;
            return;
        }

        if (_blocks.Count == MostBlocks)
            throw new SpatialClusterException(FailureKind.Permanent, string.Create(CultureInfo.InvariantCulture, $"{_name} is too large for the store {_container.Where}: a blob has at most {MostBlocks} blocks of {BlockBytes} bytes."));
        await _slots.WaitAsync(_cancellation).ConfigureAwait(false);
        _sent.RemoveAll(task => task.IsCompletedSuccessfully);
        if (_sent.Find(task => task.IsFaulted) is { } failed)
            await failed.ConfigureAwait(false);
        // All names of blocks that a blob has at a time, other writers' too, must be of one length.
        string id = Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_identity}{_blocks.Count:d6}")));
        _blocks.Add(id);
        _sent.Add(StageAsync(id, _block, _used));
        _block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        _used = 0;
    }

    private async Task StageAsync(string id, byte[] block, int bytes)
    {
        try
        {
            using var content = new MemoryStream(block, 0, bytes, writable: false);
            await _container.AttemptAsync(
                () => _blob.StageBlockAsync(id, content, new BlockBlobStageBlockOptions { TransferValidation = s_checked }, _cancellation), _cancellation).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            _slots.Release();
        }
    }

    private async Task<Response<BlobContentInfo>> PutAsync()
    {
        using var content = new MemoryStream(_block, 0, _used, writable: false);
        var options = new BlobUploadOptions
        {
            Conditions = Conditions(),
            Metadata = Metadata(),
            TransferValidation = s_checked,
            TransferOptions = new StorageTransferOptions { InitialTransferSize = BlockBytes, MaximumTransferSize = BlockBytes },
        };
        return await _blob.UploadAsync(content, options, _cancellation).ConfigureAwait(false);
    }

    private Task<Response<BlobContentInfo>> CommitAsync() =>
        _blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions { Conditions = Conditions(), Metadata = Metadata() }, _cancellation);

    private BlobRequestConditions Conditions() =>
        _expected is { } tag ? new BlobRequestConditions { IfMatch = tag.ToETag() } : new BlobRequestConditions { IfNoneMatch = ETag.All };

    private Task<ArtifactTag?> CompleteInBlocksAsync()
    {
        _inBlocks = true;
        return CompleteAsync();
    }

    private bool IsOurs(BlobProperties there) => there.Metadata.TryGetValue(IdentityKey, out string? identity) && identity == _identity;

    private Dictionary<string, string> Metadata() => new(StringComparer.Ordinal) { [IdentityKey] = _identity };

    private bool IsOutdone(RequestFailedException failure) =>
        failure.Status == 412 || failure.ErrorCode == BlobErrorCode.BlobAlreadyExists || (failure.ErrorCode == BlobErrorCode.BlobNotFound && _expected is not null);

    // Another writer's commit takes away what others have sent for the same name.
    private async Task<ArtifactTag?> LostBlocksAsync(RequestFailedException failure)
    {
        BlobProperties? there = await _container.PropertiesAsync(_name, _cancellation).ConfigureAwait(false);
        if (there is not null && IsOurs(there))
            return there.ETag.ToArtifactTag();
        ArtifactTag? state = there is null ? null : there.ETag.ToArtifactTag();
        return state != _expected
            ? null
            : throw new SpatialClusterException(FailureKind.Transient, $"What was sent for {_name} to the store {_container.Where} was lost there, since another wrote the same name; try again.", failure);
    }

    private async Task<ArtifactTag?> StateAsync() =>
        await _container.PropertiesAsync(_name, _cancellation).ConfigureAwait(false) is { } there ? there.ETag.ToArtifactTag() : null;
}
