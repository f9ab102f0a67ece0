using System.Security.Cryptography;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>Puts files into a store, under their content; what lies there already is not written again.</summary>
/// <param name="store">The store.</param>
/// <param name="cancellation">Stops; whole files that are there stay.</param>
public sealed class StoreIngest(IArtifactStore store, CancellationToken cancellation = default) : IInputIngest
{
    private readonly DigestOnly _digests = new();

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The file cannot be read, or changed while it was.</exception>
    public InputFile Ingest(string path, string name)
    {
        InputFile file = _digests.Ingest(path, name);
        store.PutIfAbsentAsync(StoreLayout.Blob(file.Content), (target, stop) => CopyAsync(path, file, target, stop), cancellation).GetAwaiter().GetResult();
        return file;
    }

    // Thrown from within the write, so that a file that changed in between never gets the name of its old content.
    private static async Task CopyAsync(string path, InputFile file, Stream target, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        FileStream source = File.OpenRead(path);
        await using (source.ConfigureAwait(false))
        {
            byte[] block = new byte[1 << 16];
            for (int read; (read = await source.ReadAsync(block, stop).ConfigureAwait(false)) > 0;)
            {
                hash.AppendData(block, 0, read);
                await target.WriteAsync(block.AsMemory(0, read), stop).ConfigureAwait(false);
            }
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Content.Hex)
            throw new BadInputException($"{path} was written to while it was read; wait until it is whole, and submit again.");
    }
}
