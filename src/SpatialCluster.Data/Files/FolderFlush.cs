using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Files;

/// <summary>
/// Makes the names in a folder outlive a power cut: a file that was flushed has its bytes on the device, but the entry that
/// leads to it is the folder's, and is flushed with that alone.
/// </summary>
public static partial class FolderFlush
{
    private const int LinuxCloseOnExec = 0x80000;
    private const int NotPermitted = 1, NotAllowed = 13, Invalid = 22;

    /// <summary>Flushes a folder to the device.</summary>
    /// <param name="folder">Its path; it must exist.</param>
    /// <exception cref="IOException">The device fails.</exception>
    /// <remarks>Does nothing on Windows, and where the file system knows no such thing or the folder may not be read.</remarks>
    public static void ToDisk(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = Open(folder, OperatingSystem.IsLinux() ? LinuxCloseOnExec : 0);
        if (descriptor < 0)
        {
            Refuse(folder, Marshal.GetLastPInvokeError());
            return;
        }

        int error = Sync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (error != 0)
            Refuse(folder, error);
    }

    private static void Refuse(string folder, int error)
    {
        if (error is not (NotPermitted or NotAllowed or Invalid))
            throw new IOException($"The folder {folder} could not be flushed to the device: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
