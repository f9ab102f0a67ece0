using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Hdf5;

/// <summary>
/// Writes a file so that it is there whole or not at all: under a temporary name in the same folder, flushed to the disk,
/// then renamed. Whatever goes wrong, nothing stays behind.
/// </summary>
internal static class H5OutputFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its name; a file of that name is replaced.</param>
    /// <param name="userBlock">Bytes to put before the HDF5 content; empty, or a power of two from 512 long.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, byte[] userBlock, Action<H5Group> write)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? "/";
        if (!Directory.Exists(folder))
            throw new BadInputException($"{path} cannot be written, because the folder {folder} does not exist; create it.");
        if (Directory.Exists(full))
            throw new BadInputException($"{path} cannot be written, because it is a folder; name a file.");
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.part");
        try
        {
            using (H5File file = H5File.Create(temporary, path, userBlock.Length))
            {
                write(file.Root);
                file.CloseWritten();
            }

            using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                stream.Write(userBlock);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw new BadInputException($"{path} could not be written ({failure.Message}); look for free space and write access there.", failure);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    // Emptied first: the library may hold on to a file that it could not close, and with it to the room on the disk.
    private static void Remove(string temporary)
    {
        try
        {
            if (!File.Exists(temporary))
                return;
            using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                stream.SetLength(0);
            File.Delete(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The error that led here tells more.
        }
    }
}
