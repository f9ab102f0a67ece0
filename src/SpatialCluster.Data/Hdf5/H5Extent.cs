using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <summary>The shape of a dataset or attribute.</summary>
/// <param name="Shape">One length per dimension; empty for a scalar.</param>
/// <param name="Count">The number of elements: the product of the lengths, 1 for a scalar, 0 where there is nothing at all.</param>
internal sealed record H5Extent(long[] Shape, long Count)
{
    /// <summary>Reads a dataspace. Call while holding the gate.</summary>
    public static unsafe H5Extent Of(H5SpaceHandle space, H5Place place)
    {
        const int Null = 2;
        if (H5Error.Check(H5Native.H5Sget_simple_extent_type(space), place, "reading the shape") == Null)
            return new H5Extent([], 0);
        int rank = H5Error.Check(H5Native.H5Sget_simple_extent_ndims(space), place, "reading the shape");
        ulong* dimensions = stackalloc ulong[32];
        if (rank > 32)
            throw new BadInputException($"{place}: {rank} dimensions are more than HDF5 knows; the file is damaged: fetch or write it anew.");
        H5Error.Check(H5Native.H5Sget_simple_extent_dims(space, dimensions, null), place, "reading the shape");
        var shape = new long[rank];
        UInt128 count = 1;
        for (int i = 0; i < rank; i++)
        {
            shape[i] = (long)ulong.Min(dimensions[i], long.MaxValue);
            count = UInt128.Min(count * dimensions[i], long.MaxValue);
        }

        return new H5Extent(shape, (long)count);
    }
}
