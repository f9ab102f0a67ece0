using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <summary>An open HDF5 file.</summary>
internal sealed unsafe class H5File : IDisposable
{
    private const uint ReadOnly = 0;
    private const uint Truncate = 2;

    private readonly H5FileHandle _handle;

    private H5File(H5FileHandle handle, string path, string shownPath, bool writing)
    {
        _handle = handle;
        Path = shownPath;
        Writing = writing;
        Length = writing ? 0 : new FileInfo(path).Length;
        lock (H5Library.Gate)
        {
            LibraryName = NameOf(handle);
            nint root = H5Native.H5Oopen(handle, "/", H5PropertyHandle.Default);
            if (root < 0)
            {
                // Left open, the library would take the next file in its place for this one.
                string reason = H5Error.Take();
                handle.Dispose();
                throw new BadInputException($"{shownPath} could not be opened as HDF5 ({reason}); it is damaged: fetch or write it anew.");
            }

            Root = new H5Group(this, "", new H5ObjectHandle(root));
        }
    }

    /// <summary>The path that the user knows.</summary>
    public string Path { get; }

    public bool Writing { get; }

    /// <summary>Bytes of the file: no data in it can have been compressed from much more than a thousand times as many.</summary>
    public long Length { get; }

    public H5Group Root { get; }

    /// <summary>The file's name as the library knows it; objects with another one came in by an external link.</summary>
    internal string LibraryName { get; }

    /// <summary>Opens an existing file.</summary>
    /// <exception cref="BadInputException">No such file, or not a readable HDF5 file.</exception>
    public static H5File Open(string path)
    {
        if (Directory.Exists(path))
            throw new BadInputException($"{path} is a folder; name an HDF5 file in it.");
        if (!File.Exists(path))
            throw new BadInputException($"{path} does not exist; check the path.");
        if (!HasSignature(path))
            throw new BadInputException($"{path} is not an HDF5 file (it lacks the HDF5 signature); name a .h5ad, .h5mu or .h5 file, or convert it.");
        H5Library.Require();
        lock (H5Library.Gate)
        {
            using H5PropertyHandle access = AccessList(path, writing: false);
            if (H5Library.Types.SetsLocking)
                _ = H5Native.H5Pset_file_locking(access, 1, 1);
            nint id = H5Native.H5Fopen(System.IO.Path.GetFullPath(path), ReadOnly, access);
            if (id < 0)
            {
                throw new BadInputException(
                    $"{path} could not be opened as HDF5 ({H5Error.Take()}); it is cut short, damaged or still being written: fetch or write it anew.");
            }

            return new H5File(new H5FileHandle(id), path, path, writing: false);
        }
    }

    /// <summary>Creates a file, or empties one.</summary>
    /// <param name="path">Where it is written.</param>
    /// <param name="shownPath">The name for messages: the file that this one will be renamed to.</param>
    /// <param name="userBlock">Bytes left free before the HDF5 content: 0, or a power of two from 512.</param>
    public static H5File Create(string path, string shownPath, int userBlock = 0)
    {
        H5Library.Require();
        var place = new H5Place(shownPath, "", Writing: true);
        lock (H5Library.Gate)
        {
            using H5PropertyHandle creation = CreateList(H5Library.Types.FileCreation, shownPath, writing: true);
            H5Error.Check(H5Native.H5Pset_obj_track_times(creation, 0), place, "preparing the file");
            if (userBlock > 0)
                H5Error.Check(H5Native.H5Pset_userblock(creation, (ulong)userBlock), place, "preparing the file");
            using H5PropertyHandle access = AccessList(shownPath, writing: true);

            // Nobody else knows the name under which we write. A lock would do harm: a process that is started meanwhile
            // inherits the descriptor, and with it the lock, for as long as it lives.
            if (H5Library.Types.SetsLocking)
                _ = H5Native.H5Pset_file_locking(access, 0, 1);
            nint id = H5Error.Check(
                H5Native.H5Fcreate(System.IO.Path.GetFullPath(path), Truncate, creation, access), place, "creating the file");
            return new H5File(new H5FileHandle(id), path, shownPath, writing: true);
        }
    }

    /// <summary>Whether a file begins as HDF5 does: the signature at 0, 512, 1024, 2048, … bytes.</summary>
    public static bool HasSignature(string path)
    {
        ReadOnlySpan<byte> signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];
        Span<byte> found = stackalloc byte[8];
        using FileStream stream = OpenForReading(path);
        for (long offset = 0; offset + 8 <= stream.Length; offset = offset == 0 ? 512 : offset * 2)
        {
            stream.Position = offset;
            stream.ReadExactly(found);
            if (found.SequenceEqual(signature))
                return true;
        }

        return false;
    }

    /// <summary>Closes a written file; only afterwards are all bytes with the operating system.</summary>
    public void CloseWritten()
    {
        Root.Dispose();
        lock (H5Library.Gate)
        {
            if (!_handle.TryClose())
                H5Error.Check(-1, new H5Place(Path, "", Writing), "writing the last bytes");
        }
    }

    public void Dispose()
    {
        Root.Dispose();
        _handle.Dispose();
    }

    internal static H5PropertyHandle CreateList(nint propertyClass, string path, bool writing) =>
        new(H5Error.Check(H5Native.H5Pcreate(propertyClass), new H5Place(path, "", writing), "preparing"));

    // Closing the file closes what is open in it. An object that an exception left behind would else keep the file open, and
    // the library would take the next file in its place for the same.
    private static H5PropertyHandle AccessList(string path, bool writing)
    {
        const int Strong = 3;
        H5PropertyHandle access = CreateList(H5Library.Types.FileAccess, path, writing);
        H5Error.Check(H5Native.H5Pset_fclose_degree(access, Strong), new H5Place(path, "", writing), "preparing");
        return access;
    }

    /// <summary>The name of the file that an object lies in. Call while holding the gate.</summary>
    internal static string NameOf(H5Handle id)
    {
        byte* name = stackalloc byte[4096];
        nint length = H5Native.H5Fget_name(id, name, 4096);
        return length is < 0 or > 4095 ? "" : Encoding.UTF8.GetString(name, (int)length);
    }

    private static FileStream OpenForReading(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read ({failure.Message}); check the path and the access rights.", failure);
        }
    }
}
