using SpatialCluster.Data.Files;

namespace SpatialCluster.Data.Hdf5;

/// <summary>Writes an HDF5 file so that it is there whole or not at all.</summary>
internal static class H5OutputFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its name; a file of that name is replaced.</param>
    /// <param name="userBlock">Bytes to put before the HDF5 content; empty, or a power of two from 512 long.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="set">The files that it belongs to; null for one on its own.</param>
    public static void Write(string path, byte[] userBlock, Action<H5Group> write, OutputSet? set = null) =>
        AtomicFile.WriteByName(path, temporary => WriteContent(temporary, path, userBlock, write), set);

    private static void WriteContent(string temporary, string path, byte[] userBlock, Action<H5Group> write)
    {
        try
        {
            using (H5File file = H5File.Create(temporary, path, userBlock.Length))
            {
                write(file.Root);
                file.CloseWritten();
            }

            if (userBlock.Length == 0)
                return;
            using var stream = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            stream.Write(userBlock);
        }
        catch
        {
            Empty(temporary);
            throw;
        }
    }

    // The library may hold on to a file that it could not close, and with it to the room on the disk, even when it is removed.
    private static void Empty(string temporary)
    {
        try
        {
            if (!File.Exists(temporary))
                return;
            using var stream = new FileStream(temporary, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            stream.SetLength(0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The error that led here tells more.
        }
    }
}
