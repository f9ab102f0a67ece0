using System.Security.Cryptography;
using System.Text;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>
/// Locks between processes, one for each 64th of the names. They are the system's, and end with the process that holds them; they
/// are held for a rename and a flush, never while content is written.
/// </summary>
internal sealed class StoreLocks(string root)
{
    private const int Shards = 64;

    // A process that was stopped in the middle of a rename holds its lock until it goes on or dies.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim[] _within = [.. Enumerable.Range(0, Shards).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Takes the lock of a name.</summary>
    /// <returns>Gives it back.</returns>
    public async Task<IDisposable> TakeAsync(ArtifactName name, CancellationToken cancellation)
    {
        int shard = SHA256.HashData(Encoding.UTF8.GetBytes(name.Value))[0] % Shards;
        await _within[shard].WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return new Held(await LockAsync(shard, cancellation).ConfigureAwait(false), _within[shard]);
        }
        catch
        {
            _within[shard].Release();
            throw;
        }
    }

    private async Task<FileStream> LockAsync(int shard, CancellationToken cancellation)
    {
        string folder = Path.Combine(root, ".locks"), path = Path.Combine(folder, $"{shard:x2}");
        long start = Environment.TickCount64;
        for (int pause = 1; ; pause = Math.Min(2 * pause, 16))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (Exception missing) when (missing is DirectoryNotFoundException or FileNotFoundException)
            {
                // The second, where another thread made the folder in the very moment.
                MakeFolder(folder);
            }
            catch (IOException failure) when (failure.HResult == NativeFile.TryAgain)
            {
                if (Environment.TickCount64 - start > s_patience.TotalMilliseconds)
                    throw new SpatialClusterException(FailureKind.Transient, $"Another process has held the lock {path} for a minute; end it if it hangs, and try again.", failure);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw StoreErrors.Explain(root, failure);
            }

            await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }
    }

    private void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Explain(root, failure);
        }
    }

    private sealed class Held(FileStream file, SemaphoreSlim within) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            within.Release();
        }
    }
}
