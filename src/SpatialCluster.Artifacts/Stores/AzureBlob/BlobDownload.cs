using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>Opens blobs for reading.</summary>
internal static class BlobDownload
{
    /// <summary>Opens a blob, or a part of it that is not empty.</summary>
    /// <returns>Whether it is there, and its content; null where the part lies behind the end.</returns>
    public static Task<(bool IsThere, OpenArtifact? Open)> OpenAsync(AzureBlobContainer container, string name, ByteRange? range, CancellationToken cancellation) =>
        container.AttemptAsync<(bool, OpenArtifact?)>(
            async () =>
            {
                var options = new BlobDownloadOptions { Range = range is { } part ? new HttpRange(part.Offset, part.Length) : default };
                try
                {
                    Response<BlobDownloadStreamingResult> answer = await container.Blob(name).DownloadStreamingAsync(options, cancellation).ConfigureAwait(false);
                    return (true, await TakeAsync(container, name, answer.Value, isWhole: range is null, cancellation).ConfigureAwait(false));
                }
                catch (RequestFailedException failure) when (failure.Status == 404 && !AzureBlobErrors.IsNoContainer(failure))
                {
                    return (false, null);
                }
                catch (RequestFailedException failure) when (failure.Status == 416)
                {
                    return (true, null);
                }
            },
            cancellation);

    private static async Task<OpenArtifact> TakeAsync(AzureBlobContainer container, string name, BlobDownloadStreamingResult answer, bool isWhole, CancellationToken cancellation)
    {
        BlobDownloadDetails details = answer.Details;
        var tag = details.ETag.ToArtifactTag();
        long size = isWhole ? details.ContentLength : WholeSize(details);
        if (details.ContentLength > container.Options.ReadAheadBytes)
            return new OpenArtifact(new BlobReadStream(container, answer.Content), tag, size);
        using Stream content = answer.Content;
        byte[] bytes = new byte[details.ContentLength];
        await content.ReadExactlyAsync(bytes, cancellation).ConfigureAwait(false);
        if (isWhole && details.ContentHash is { Length: MD5.HashSizeInBytes } expected && !Md5(bytes).AsSpan().SequenceEqual(expected))
        {
            throw new SpatialClusterException(
                FailureKind.Transient, $"{name} came damaged from the store {container.Where}: its MD5 is not the one that was written; try again, and where it stays so, `store verify` says what needs it.");
        }

        return new OpenArtifact(new MemoryStream(bytes, writable: false), tag, size);
    }

    // bytes 0-9/1000
    private static long WholeSize(BlobDownloadDetails details) =>
        long.Parse(details.ContentRange.AsSpan(details.ContentRange.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture);

#pragma warning disable CA5351 // It finds damage on the way, as the service does; what content is, its SHA-256 says.
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351
}
