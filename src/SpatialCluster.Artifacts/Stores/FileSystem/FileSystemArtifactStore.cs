using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;

namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>
/// Artifacts as files under a folder. Content is written under a temporary name and flushed to the device; it gets its name by a
/// link, which fails where the name is there, and the folder is flushed. Replacing and deleting compare and act under a lock
/// between processes. What a kill at any moment leaves is at most a temporary file.
/// </summary>
/// <remarks>For local file systems, and NFS from version 4 on: locks must work between the processes, and times have 100 ns.</remarks>
public sealed class FileSystemArtifactStore : IArtifactStore, IStagingStore, IDisposable
{
    private readonly StagingArea _staging;
    private readonly StoreLocks _locks;
    private readonly StorePaths _paths;

    private FileSystemArtifactStore(string root)
    {
        Location = root;
        _staging = new StagingArea(root);
        _locks = new StoreLocks(root);
        _paths = new StorePaths(root);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>Opens a store.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="create">Whether to make it where there is none; folders above it are made too.</param>
    /// <returns>The store; to be disposed at the end, though nothing is lost where it is not.</returns>
    /// <exception cref="BadInputException">There is none, the folder is another's, the store is of a newer version, or may not be written to.</exception>
    public static FileSystemArtifactStore Open(string folder, bool create)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        StoreMarker.Require(root, create);
        return new FileSystemArtifactStore(root);
    }

    /// <inheritdoc/>
    public async Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        if (Stat(_paths.Of(name)) is not null)
            return null;
        using StagedFile staged = await StageAsync(write, hashed: false, cancellation).ConfigureAwait(false);
        return await PublishAsync(name, staged, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        if (Stat(_paths.Of(name))?.Tag != expected)
            return null;
        using StagedFile staged = await StageAsync(write, hashed: false, cancellation).ConfigureAwait(false);
        return expected is { } tag
            ? await PublishOverAsync(name, tag, staged, cancellation).ConfigureAwait(false)
            : await PublishAsync(name, staged, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default)
    {
        // What fails fails when it is awaited, as with any other store.
        await Task.CompletedTask.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        string path = _paths.Of(name);
        if (range is { } wanted && (wanted.Offset < 0 || wanted.Length < 0))
            throw new ArgumentOutOfRangeException(nameof(range), range, "A range begins at 0 or later and is not of negative size.");
        if (Stat(path) is null)
            return null;
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new BadInputException($"{name} in the store {Location} may not be read; get the right to read it.", failure);
        }

        // Of the file that is open: the name may have got another since.
        Check(NativeFile.Status(file.SafeFileHandle, out FileStatus status));
        Stream content = range is null ? file : new RangeStream(file, range.Value);
        return new OpenArtifact(content, status.Tag, status.Bytes);
    }

    /// <inheritdoc/>
    public async Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return Info(name);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (ArtifactName name in _paths.WithPrefix(prefix))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Info(name) is { } info)
                yield return info;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default)
    {
        string path = _paths.Of(name);
        if (!IsWanted(path, expected))
            return false;
        using (await _locks.TakeAsync(name, cancellation).ConfigureAwait(false))
        {
            if (!IsWanted(path, expected))
                return false;
            FaultPoint.Reach(FaultPointNames.StoreDeleteLocked);
            Attempt(() =>
            {
                File.Delete(path);
                FaultPoint.Reach(FaultPointNames.StoreDeleteUnlinked);
                FolderFlush.ToDisk(Path.GetDirectoryName(path)!);
                FaultPoint.Reach(FaultPointNames.StoreDeleteFlushed);
            });
        }

        RemoveEmptyFolders(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Temporary files that dead processes left.</summary>
    /// <param name="before">Younger ones are left out.</param>
    internal IReadOnlyList<FileInfo> StaleTemporaries(DateTimeOffset before) => StagingArea.Stale(Location, before);

    /// <summary>All temporary files, but not the locks.</summary>
    internal IReadOnlyList<FileInfo> Temporaries() => StagingArea.All(Location);

    /// <summary>Frees what the store holds while it is open.</summary>
    public void Dispose() => _staging.Dispose();

    async Task<IStagedContent> IStagingStore.StageAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellation) =>
        await StageAsync(write, hashed: true, cancellation).ConfigureAwait(false);

    /// <summary>Gives staged content a name that is not there yet.</summary>
    internal async Task<ArtifactTag?> PublishAsync(ArtifactName name, StagedFile staged, CancellationToken cancellation)
    {
        string path = _paths.Of(name), folder = Path.GetDirectoryName(path)!;
        cancellation.ThrowIfCancellationRequested();
        Check(NativeFile.Status(staged.Path, out FileStatus status));
        int error;
        do
        {
            Attempt(() => MakeFolder(folder));
            error = NativeFile.Link(staged.Path, path);
        }
        while (error == NativeFile.NoEntry && File.Exists(staged.Path)); // The folder was empty, and a deletion removed it.

        if (error is NativeFile.NotPermitted or NativeFile.NotSupported)
            error = await MoveAsync(name, staged.Path, path, cancellation).ConfigureAwait(false);
        if (error is not (0 or NativeFile.Exists))
            throw StoreErrors.Explain(Location, error, Marshal.GetPInvokeErrorMessage(error));
        if (error == NativeFile.Exists && Stat(path) is null && Directory.Exists(path))
            throw StoreErrors.Explain(Location, NativeFile.IsFolder, string.Empty);
        FaultPoint.Reach(FaultPointNames.StorePutLinked);
        // Also where another process was first: what this one does next may rely on it.
        Attempt(() => FolderFlush.ToDisk(folder));
        FaultPoint.Reach(FaultPointNames.StorePutFlushed);
        return error == 0 ? status.Tag : null;
    }

    /// <summary>Gives staged content a name that is there in a known state.</summary>
    internal async Task<ArtifactTag?> PublishOverAsync(ArtifactName name, ArtifactTag expected, StagedFile staged, CancellationToken cancellation)
    {
        string path = _paths.Of(name);
        using (await _locks.TakeAsync(name, cancellation).ConfigureAwait(false))
        {
            if (Stat(path) is not { } current || current.Tag != expected)
                return null;
            FaultPoint.Reach(FaultPointNames.StoreReplaceLocked);
            Check(NativeFile.Status(staged.Path, out FileStatus status));
            if (status.Modified <= current.Modified)
            {
                // The clock was set back; states of a name must differ all the same.
                Attempt(() => File.SetLastWriteTimeUtc(staged.Path, current.Written.UtcDateTime.AddTicks(1)));
                Check(NativeFile.Status(staged.Path, out status));
            }

            Attempt(() =>
            {
                File.Move(staged.Path, path, overwrite: true);
                FaultPoint.Reach(FaultPointNames.StoreReplaceRenamed);
                FolderFlush.ToDisk(Path.GetDirectoryName(path)!);
                FaultPoint.Reach(FaultPointNames.StoreReplaceFlushed);
            });
            return status.Tag;
        }
    }

    // For file systems without links. All that take names away hold the lock too, so checking first is safe under it.
    private async Task<int> MoveAsync(ArtifactName name, string from, string to, CancellationToken cancellation)
    {
        using (await _locks.TakeAsync(name, cancellation).ConfigureAwait(false))
        {
            if (File.Exists(to))
                return NativeFile.Exists;
            Attempt(() => File.Move(from, to));
            return 0;
        }
    }

    private async Task<StagedFile> StageAsync(Func<Stream, CancellationToken, Task> write, bool hashed, CancellationToken cancellation)
    {
        (string path, long bytes, Records.ContentDigest? digest) = await _staging.WriteAsync(write, hashed, cancellation).ConfigureAwait(false);
        return new StagedFile(this, path, bytes, digest);
    }

    private static FileStatus? Stat(string path) => NativeFile.Status(path, out FileStatus status) == 0 && status.IsFile ? status : null;

    private static bool IsWanted(string path, ArtifactTag? expected) => Stat(path) is { } status && (expected is null || status.Tag == expected);

    private ArtifactInfo? Info(ArtifactName name) => Stat(_paths.Of(name)) is { } status ? new ArtifactInfo(name, status.Bytes, status.Tag, status.Written) : null;

    private void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        string parent = Path.GetDirectoryName(folder)!;
        if (folder.Length > Location.Length)
            MakeFolder(parent);
        Directory.CreateDirectory(folder);
        FolderFlush.ToDisk(parent);
    }

    private void RemoveEmptyFolders(string folder)
    {
        try
        {
            // The folders right under the root stay.
            for (; Path.GetDirectoryName(folder)!.Length > Location.Length; folder = Path.GetDirectoryName(folder)!)
                Directory.Delete(folder);
        }
        catch (IOException)
        {
            // It is not empty, or another process was first.
        }
    }

    private void Check(int error)
    {
        if (error != 0)
            throw StoreErrors.Explain(Location, error, Marshal.GetPInvokeErrorMessage(error));
    }

    private void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Explain(Location, failure);
        }
    }
}
