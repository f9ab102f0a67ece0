using System.Security.Cryptography;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>
/// Temporary files, in a folder of their own on the store's file system. Each user of the store holds a lock while it lives, and
/// names its files after it; the lock dies with its process, in whatever container that ran, and then the files are anybody's to
/// remove.
/// </summary>
internal sealed class StagingArea(string root) : IDisposable
{
    private const string LockExtension = ".lock";

    private readonly Lock _gate = new();
    private readonly string _user = Guid.NewGuid().ToString("N");
    private FileStream? _lock;
    private int _files;

    public static string FolderOf(string root) => Path.Combine(root, ".tmp");

    /// <summary>Writes content to a temporary file and flushes it to the device.</summary>
    public async Task<(string Path, long Bytes, ContentDigest? Digest)> WriteAsync(Func<Stream, CancellationToken, Task> write, bool hashed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string path = NewPath();
        try
        {
            using IncrementalHash? hash = hashed ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
            using FileStream file = Attempt(() => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
            FaultPoint.Reach(FaultPointNames.StoreStageCreated);
            var stream = new StagingStream(file, hash, failure => StoreErrors.Explain(root, failure));
            await using (stream.ConfigureAwait(false))
            {
                await write(stream, cancellation).ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
                stream.Complete();
            }

            Attempt(() => Finish(file));
            long bytes = stream.Bytes;
            return (path, bytes, hash is null ? null : new ContentDigest(Convert.ToHexStringLower(hash.GetHashAndReset())));
        }
        catch
        {
            StagedFile.Remove(path);
            throw;
        }
    }

    /// <summary>All temporary files.</summary>
    public static IReadOnlyList<FileInfo> All(string root)
    {
        var folder = new DirectoryInfo(FolderOf(root));
        return folder.Exists ? [.. folder.GetFiles().Where(f => f.Extension != LockExtension)] : [];
    }

    /// <summary>Temporary files whose user is dead, and the locks of such users.</summary>
    /// <param name="root">The folder of the store.</param>
    /// <param name="before">Younger ones are left alone, whoever's they are.</param>
    public static IReadOnlyList<FileInfo> Stale(string root, DateTimeOffset before)
    {
        var folder = new DirectoryInfo(FolderOf(root));
        if (!folder.Exists)
            return [];
        var dead = new Dictionary<string, bool>(StringComparer.Ordinal);
        var stale = new List<FileInfo>();
        foreach (FileInfo file in folder.GetFiles().OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            string user = file.Name.Split('-', '.')[0];
            if (!dead.TryGetValue(user, out bool isDead))
                dead[user] = isDead = IsFree(Path.Combine(folder.FullName, user + LockExtension));
            if (isDead && file.LastWriteTimeUtc < before.UtcDateTime)
                stale.Add(file);
        }

        return stale;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_lock is null)
                return;
            StagedFile.Remove(_lock.Name);
            _lock.Dispose();
            _lock = null;
        }
    }

    private static void Finish(FileStream file)
    {
        FaultPoint.Reach(FaultPointNames.StoreStageWritten);
        // The system's own time may stand still for milliseconds; see FileStatus.Tag.
        File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UtcNow);
        file.Flush(flushToDisk: true);
        file.Dispose();
        FaultPoint.Reach(FaultPointNames.StoreStageFlushed);
    }

    private static bool IsFree(string path)
    {
        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string NewPath()
    {
        string folder = FolderOf(root);
        lock (_gate)
        {
            _lock ??= Attempt(() =>
            {
                Directory.CreateDirectory(folder);
                return new FileStream(Path.Combine(folder, _user + LockExtension), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            });
            return Path.Combine(folder, $"{_user}-{++_files}");
        }
    }

    private void Attempt(Action action) => Attempt(() =>
    {
        action();
        return true;
    });

    private T Attempt<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Explain(root, failure);
        }
    }
}
