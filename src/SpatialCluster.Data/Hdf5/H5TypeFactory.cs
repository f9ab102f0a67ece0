using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <summary>Datatypes and dataspaces as h5py makes them. Call while holding the gate.</summary>
internal static unsafe class H5TypeFactory
{
    /// <summary>UTF-8 text of any length.</summary>
    public static H5TypeHandle VariableText(H5Place place)
    {
        const int Utf8 = 1;
        var type = new H5TypeHandle(H5Error.Check(H5Native.H5Tcopy(H5Library.Types.Text), place, "preparing"));
        H5Error.Check(H5Native.H5Tset_size(type, nuint.MaxValue), place, "preparing");
        H5Error.Check(H5Native.H5Tset_cset(type, Utf8), place, "preparing");
        return type;
    }

    /// <summary>The enumeration of FALSE and TRUE that h5py reads as a boolean.</summary>
    public static H5TypeHandle Boolean(H5Place place)
    {
        var type = new H5TypeHandle(H5Error.Check(H5Native.H5Tenum_create(H5Library.Types.Int8), place, "preparing"));
        sbyte value = 0;
        H5Error.Check(H5Native.H5Tenum_insert(type, "FALSE", &value), place, "preparing");
        value = 1;
        H5Error.Check(H5Native.H5Tenum_insert(type, "TRUE", &value), place, "preparing");
        return type;
    }

    /// <summary>A dataspace of a fixed shape; of a scalar where there are no dimensions.</summary>
    public static H5SpaceHandle Space(ReadOnlySpan<long> shape, H5Place place)
    {
        const int Scalar = 0;
        if (shape.Length == 0)
            return new H5SpaceHandle(H5Error.Check(H5Native.H5Screate(Scalar), place, "preparing"));
        fixed (long* dimensions = shape)
            return new H5SpaceHandle(H5Error.Check(H5Native.H5Screate_simple(shape.Length, (ulong*)dimensions, null), place, "preparing"));
    }
}
