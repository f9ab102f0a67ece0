using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <content>Writing.</content>
internal sealed unsafe partial class H5Dataset
{
    /// <summary>Writes a box of elements.</summary>
    /// <param name="start">The first index of each dimension.</param>
    /// <param name="count">How many from there.</param>
    /// <param name="type">The type in memory.</param>
    /// <param name="buffer">The elements.</param>
    public void Write(ReadOnlySpan<long> start, ReadOnlySpan<long> count, H5TypeHandle type, void* buffer)
    {
        if (count.Contains(0))
            return;
        lock (H5Library.Gate)
        {
            using H5SpaceHandle memory = Simple(count);
            using H5SpaceHandle file = Select(start, count);
            H5Error.Check(H5Native.H5Dwrite(Handle, type, memory, file, H5PropertyHandle.Default, buffer), Place, "writing it");
        }
    }
}
