using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Hdf5.Interop;

/// <summary>An identifier of the library, closed once, under the library's lock.</summary>
internal abstract class H5Handle : SafeHandle
{
    protected H5Handle(nint id, bool owns = true)
        : base(-1, owns) => SetHandle(id);

    public override bool IsInvalid => handle < 0;

    protected abstract int Close(nint id);

    protected override bool ReleaseHandle()
    {
        lock (H5Library.Gate)
        {
            H5Library.Silence();
            if (Close(handle) >= 0)
                return true;
            _ = H5Native.H5Eclear2(0);
            return false;
        }
    }
}

/// <summary>An open file.</summary>
internal sealed class H5FileHandle(nint id) : H5Handle(id)
{
    /// <summary>Closes now and tells whether that worked: closing a written file is when its last bytes are written.</summary>
    /// <remarks>A file that could not be closed is given up: to close it once more takes the process down.</remarks>
    public bool TryClose()
    {
        lock (H5Library.Gate)
        {
            bool closed = Close(handle) >= 0;
            SetHandleAsInvalid();
            return closed;
        }
    }

    protected override int Close(nint id) => H5Native.H5Fclose(id);
}

/// <summary>An open group or dataset.</summary>
internal sealed class H5ObjectHandle(nint id) : H5Handle(id)
{
    protected override int Close(nint id) => H5Native.H5Oclose(id);
}

/// <summary>An open attribute.</summary>
internal sealed class H5AttributeHandle(nint id) : H5Handle(id)
{
    protected override int Close(nint id) => H5Native.H5Aclose(id);
}

/// <summary>A datatype; the library's own are never closed.</summary>
internal sealed class H5TypeHandle(nint id, bool owns = true) : H5Handle(id, owns)
{
    protected override int Close(nint id) => H5Native.H5Tclose(id);
}

/// <summary>A dataspace.</summary>
internal sealed class H5SpaceHandle(nint id, bool owns = true) : H5Handle(id, owns)
{
    /// <summary><c>H5S_ALL</c>.</summary>
    public static H5SpaceHandle All { get; } = new(0, owns: false);

    protected override int Close(nint id) => H5Native.H5Sclose(id);
}

/// <summary>A property list.</summary>
internal sealed class H5PropertyHandle(nint id, bool owns = true) : H5Handle(id, owns)
{
    /// <summary><c>H5P_DEFAULT</c>.</summary>
    public static H5PropertyHandle Default { get; } = new(0, owns: false);

    protected override int Close(nint id) => H5Native.H5Pclose(id);
}
