using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Files;

/// <summary>
/// Writes files that are there whole or not at all: into a temporary name in the same folder, flushed to the device, then
/// renamed over the wanted name, and the folder flushed. Whatever fails, the temporary file is removed and an older file of that name stays.
/// </summary>
public static class AtomicFile
{
    private const int NoSpace = 28;
    private const int FileTooBig = 27;
    private const int QuotaExceeded = 122;

    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The wanted name; its folder must exist.</param>
    /// <param name="write">Writes the content; need not flush.</param>
    /// <param name="set">The files that it belongs to: it gets its name with them. Null for one on its own.</param>
    /// <exception cref="BadInputException">The folder is not there, or may not be written to.</exception>
    /// <exception cref="SpatialClusterException">Permanent: the disk is full or fails.</exception>
    public static void Write(string path, Action<Stream> write, OutputSet? set = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        WriteByName(
            path,
            temporary =>
            {
                using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
                write(stream);
            },
            set);
    }

    /// <summary>Writes a file through a library that wants a name rather than a stream.</summary>
    /// <param name="path">The wanted name; its folder must exist.</param>
    /// <param name="write">Creates and closes the file of the temporary name it is given.</param>
    /// <param name="set">The files that it belongs to: it gets its name with them. Null for one on its own.</param>
    /// <exception cref="BadInputException">The folder is not there, or may not be written to.</exception>
    /// <exception cref="SpatialClusterException">Permanent: the disk is full or fails.</exception>
    public static void WriteByName(string path, Action<string> write, OutputSet? set = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path);
        CheckPlace(path, full);
        var file = new PendingFile(path, full);
        try
        {
            write(file.Temporary);
            using (var stream = new FileStream(file.Temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
                stream.Flush(flushToDisk: true);
            if (set is null)
            {
                File.Move(file.Temporary, full, overwrite: true);
                FolderFlush.ToDisk(Path.GetDirectoryName(full)!);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Remove(file.Temporary);
            throw Explain(path, failure);
        }
        catch
        {
            Remove(file.Temporary);
            throw;
        }

        set?.Add(file);
    }

    /// <summary>Says before hours of work whether a file could be written at a place.</summary>
    /// <param name="path">The wanted name.</param>
    /// <exception cref="BadInputException">The folder is not there, or the name is that of a folder.</exception>
    public static void RequireFolder(string path) => CheckPlace(path, Path.GetFullPath(path));

    /// <summary>The error for a file that could not be written.</summary>
    internal static SpatialClusterException Explain(string path, Exception failure) =>
        failure is UnauthorizedAccessException
            ? new BadInputException($"{path} cannot be written: the folder {FolderOf(path)} does not allow it; choose another output.", failure)
            : Explain(path, failure.HResult, failure)
                ?? new SpatialClusterException(FailureKind.Permanent, $"{path} could not be written: {failure.Message}", failure);

    /// <summary>The error for a disk without room, by the system's number for it; null for other numbers.</summary>
    internal static SpatialClusterException? Explain(string path, int errorNumber, Exception? cause) => errorNumber switch
    {
        NoSpace or QuotaExceeded => new LocalDiskException(
            $"{path} could not be written: no space is left in {FolderOf(path)}; free some or choose another output.", cause),
        FileTooBig => new SpatialClusterException(
            FailureKind.Permanent, $"{path} could not be written: {FolderOf(path)} allows no file of this size; choose another output.", cause),
        _ => null,
    };

    /// <summary>Removes a file that may be there, in a folder that may be gone.</summary>
    internal static void Remove(string path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }

    private static void CheckPlace(string path, string full)
    {
        string? folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
            throw new BadInputException($"{path} is a folder; name a file to write to.");
        if (!Directory.Exists(folder))
            throw new BadInputException($"{path} cannot be written: there is no folder {folder}; create it or choose another output.");
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
}
