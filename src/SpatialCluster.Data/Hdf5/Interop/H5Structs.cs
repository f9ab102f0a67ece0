using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Hdf5.Interop;

/// <summary><c>H5G_info_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct H5GroupInfo
{
    public int StorageType;
    public ulong Links;
    public long MaximumCreationOrder;
    public int Mounted;
}

/// <summary><c>H5E_error2_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct H5ErrorEntry
{
    public nint ErrorClass;
    public nint Major;
    public nint Minor;
    public uint Line;
    public byte* Function;
    public byte* File;
    public byte* Description;
}
