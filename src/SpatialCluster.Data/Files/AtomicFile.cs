using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Files;

/// <summary>
/// Writes files that are there whole or not at all: into a temporary name in the same folder, flushed to the device, then
/// renamed over the wanted name. Whatever fails, the temporary file is removed and an older file of that name stays.
/// </summary>
public static class AtomicFile
{
    private const int NoSpace = 28;
    private const int FileTooBig = 27;
    private const int QuotaExceeded = 122;

    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The wanted name; its folder must exist.</param>
    /// <param name="write">Writes the content; need not flush.</param>
    /// <exception cref="BadInputException">The folder is not there, or may not be written to.</exception>
    /// <exception cref="SpatialClusterException">Permanent: the disk is full or fails.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        WriteByName(path, temporary =>
        {
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            write(stream);
        });
    }

    /// <summary>Writes a file through a library that wants a name rather than a stream.</summary>
    /// <param name="path">The wanted name; its folder must exist.</param>
    /// <param name="write">Creates and closes the file of the temporary name it is given.</param>
    /// <exception cref="BadInputException">The folder is not there, or may not be written to.</exception>
    /// <exception cref="SpatialClusterException">Permanent: the disk is full or fails.</exception>
    public static void WriteByName(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path);
        string folder = CheckPlace(path, full);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            write(temporary);
            using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite))
                stream.Flush(flushToDisk: true);
            File.Move(temporary, full, overwrite: true);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new BadInputException($"{path} cannot be written: the folder {folder} does not allow it; choose another output.", error);
        }
        catch (IOException error)
        {
            throw Explain(path, folder, error);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Says before hours of work whether a file could be written at a place.</summary>
    /// <param name="path">The wanted name.</param>
    /// <exception cref="BadInputException">The folder is not there, or the name is that of a folder.</exception>
    public static void RequireFolder(string path) => CheckPlace(path, Path.GetFullPath(path));

    private static string CheckPlace(string path, string full)
    {
        string? folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
            throw new BadInputException($"{path} is a folder; name a file to write to.");
        if (!Directory.Exists(folder))
            throw new BadInputException($"{path} cannot be written: there is no folder {folder}; create it or choose another output.");
        return folder;
    }

    private static SpatialClusterException Explain(string path, string folder, IOException error) => error.HResult switch
    {
        NoSpace or QuotaExceeded => new SpatialClusterException(
            FailureKind.Permanent, $"{path} could not be written: no space is left in {folder}; free some or choose another output.", error),
        FileTooBig => new SpatialClusterException(
            FailureKind.Permanent, $"{path} could not be written: {folder} allows no file of this size; choose another output.", error),
        _ => new SpatialClusterException(FailureKind.Permanent, $"{path} could not be written: {error.Message}", error),
    };
}
