using System.Runtime.InteropServices;

namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>What the store asks of the system that the class library does not offer.</summary>
internal static unsafe partial class NativeFile
{
    public const int NotPermitted = 1, NoEntry = 2, TryAgain = 11, NotAllowed = 13, Exists = 17, NoFolder = 20, IsFolder = 21, NoSpace = 28, ReadOnlyDisk = 30, NameTooLong = 36, NotSupported = 95, QuotaExceeded = 122;

    private const int CurrentFolder = -100, EmptyPath = 0x1000;

    // Inode, size, modification time, kind.
    private const uint Wanted = 0x100 | 0x200 | 0x40 | 0x1;

    /// <summary>
    /// Gives a file a second name, which must not be there yet. This, unlike a move that checks first, is one step for the
    /// system: of any number of processes one gets the name.
    /// </summary>
    /// <returns>0, or the number of the error.</returns>
    public static int Link(string existing, string wanted) => NativeLink(existing, wanted) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>What is at a path.</summary>
    /// <returns>0, or the number of the error.</returns>
    public static int Status(string path, out FileStatus status) => Status(CurrentFolder, path, 0, out status);

    /// <summary>What an open file is now, whatever became of its name.</summary>
    /// <returns>0, or the number of the error.</returns>
    public static int Status(SafeHandle file, out FileStatus status) => Status((int)file.DangerousGetHandle(), string.Empty, EmptyPath, out status);

    private static int Status(int folder, string path, int flags, out FileStatus status)
    {
        byte* buffer = stackalloc byte[256];
        if (Statx(folder, path, flags, Wanted, buffer) != 0)
        {
            status = default;
            return Marshal.GetLastPInvokeError();
        }

        // The layout of struct statx is the same on all architectures.
        bool regular = (*(ushort*)(buffer + 28) & 0xF000) == 0x8000;
        long nanoseconds = (*(long*)(buffer + 112) * 1_000_000_000) + *(uint*)(buffer + 120);
        status = new FileStatus(regular, *(ulong*)(buffer + 32), *(long*)(buffer + 40), nanoseconds);
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeLink(string existing, string wanted);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);
}
