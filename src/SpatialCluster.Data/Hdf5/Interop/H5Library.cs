using System.Runtime.InteropServices;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Hdf5.Interop;

/// <summary>The native library: found and set up on first use.</summary>
internal static class H5Library
{
    /// <summary>The serial build first, as Debian names it; then whatever the system calls its HDF5 library.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["libhdf5_serial.so.103", "libhdf5.so.103", "libhdf5.so.200", "libhdf5.so.310", "libhdf5.so"];

    [ThreadStatic]
    private static bool s_silent;

    private static H5NativeTypes? s_types;
    private static Version? s_version;

    /// <summary>Held around every call into the library, which knows no threads.</summary>
    public static Lock Gate { get; } = new();

    /// <summary>The identifiers of the library's own datatypes and property classes.</summary>
    public static H5NativeTypes Types
    {
        get
        {
            Require();
            return s_types!;
        }
    }

    /// <summary>The version of the library that was found.</summary>
    public static Version Version
    {
        get
        {
            Require();
            return s_version!;
        }
    }

    /// <summary>Loads the library if that has not been done.</summary>
    /// <exception cref="BadInputException">The machine has no HDF5 library.</exception>
    public static void Require()
    {
        lock (Gate)
        {
            if (s_types is not null)
            {
                Silence();
                return;
            }

            nint library = Load(Names);
            NativeLibrary.SetDllImportResolver(
                typeof(H5Library).Assembly,
                (name, _, _) => name == H5Native.Library ? library : 0);

            // A file that could not be closed (disk full) would otherwise be flushed again at exit, with noise.
            _ = H5Native.H5dont_atexit();
            if (H5Native.H5open() < 0)
                throw new SpatialClusterException(FailureKind.Permanent, "The HDF5 library could not be started; reinstall the package libhdf5-103-1.");
            Silence();
            _ = H5Native.H5get_libversion(out uint major, out uint minor, out uint release);
            s_version = new Version((int)major, (int)minor, (int)release);
            s_types = new H5NativeTypes(library);
        }
    }

    /// <summary>
    /// Keeps the library from printing its errors. In a thread-safe build, such as Debian's, each thread has an error stack
    /// of its own. Call while holding the gate.
    /// </summary>
    internal static void Silence()
    {
        if (s_silent)
            return;
        _ = H5Native.H5Eset_auto2(0, 0, 0);
        s_silent = true;
    }

    /// <summary>The first of some libraries that can be loaded.</summary>
    internal static nint Load(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
                return library;
        }

        throw new BadInputException(
            $"Reading and writing HDF5 files needs the HDF5 library, and none of {string.Join(", ", names)} was found; install Debian's package libhdf5-103-1.");
    }
}
