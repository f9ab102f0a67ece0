using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>A piece of a growing sparse matrix, outside the garbage-collected heap so that it goes back at once.</summary>
internal sealed unsafe class SparseSegment : IDisposable
{
    public SparseSegment(int capacity)
    {
        Capacity = capacity;
        Columns = (int*)NativeMemory.Alloc((nuint)capacity, sizeof(int));
        Values = (float*)NativeMemory.Alloc((nuint)capacity, sizeof(float));
    }

    public int Capacity { get; }

    public int Count { get; set; }

    public int* Columns { get; private set; }

    public float* Values { get; private set; }

    public void FreeColumns()
    {
        NativeMemory.Free(Columns);
        Columns = null;
    }

    public void Dispose()
    {
        FreeColumns();
        NativeMemory.Free(Values);
        Values = null;
    }
}
