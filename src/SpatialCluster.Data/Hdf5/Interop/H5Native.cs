using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Hdf5.Interop;

/// <summary>
/// The functions of libhdf5 that are used, under their own names. The library is not thread-safe: call them only while
/// holding <see cref="H5Library.Gate"/>. <c>hid_t</c> has 64 bits, as a pointer has on every platform that is supported.
/// </summary>
internal static unsafe partial class H5Native
{
    public const string Library = "hdf5";

    [LibraryImport(Library)]
    public static partial int H5open();

    [LibraryImport(Library)]
    public static partial int H5dont_atexit();

    [LibraryImport(Library)]
    public static partial int H5get_libversion(out uint major, out uint minor, out uint release);

    [LibraryImport(Library)]
    public static partial int H5free_memory(void* memory);

    [LibraryImport(Library)]
    public static partial int H5Eset_auto2(nint stack, nint function, nint data);

    [LibraryImport(Library)]
    public static partial int H5Ewalk2(nint stack, int direction, delegate* unmanaged[Cdecl]<uint, H5ErrorEntry*, void*, int> visitor, void* data);

    [LibraryImport(Library)]
    public static partial int H5Eclear2(nint stack);

    [LibraryImport(Library)]
    public static partial int H5Iget_type(H5Handle id);

    [LibraryImport(Library)]
    public static partial int H5Zfilter_avail(int filter);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Fopen(string name, uint flags, H5Handle access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Fcreate(string name, uint flags, H5Handle creation, H5Handle access);

    [LibraryImport(Library)]
    public static partial int H5Fclose(nint file);

    [LibraryImport(Library)]
    public static partial nint H5Fget_name(H5Handle id, byte* name, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Gcreate2(H5Handle location, string name, H5Handle link, H5Handle creation, H5Handle access);

    [LibraryImport(Library)]
    public static partial int H5Gget_info(H5Handle group, out H5GroupInfo info);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Lexists(H5Handle location, string name, H5Handle access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Lget_name_by_idx(
        H5Handle location, string group, int indexType, int order, ulong position, byte* name, nuint size, H5Handle access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Oopen(H5Handle location, string name, H5Handle access);

    [LibraryImport(Library)]
    public static partial int H5Oclose(nint id);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Aexists(H5Handle location, string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Aopen(H5Handle location, string name, H5Handle access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Acreate2(H5Handle location, string name, H5Handle type, H5Handle space, H5Handle creation, H5Handle access);

    [LibraryImport(Library)]
    public static partial int H5Aread(H5Handle attribute, H5Handle memoryType, void* buffer);

    [LibraryImport(Library)]
    public static partial int H5Awrite(H5Handle attribute, H5Handle memoryType, void* buffer);

    [LibraryImport(Library)]
    public static partial nint H5Aget_space(H5Handle attribute);

    [LibraryImport(Library)]
    public static partial nint H5Aget_type(H5Handle attribute);

    [LibraryImport(Library)]
    public static partial int H5Aclose(nint attribute);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Dopen2(H5Handle location, string name, H5Handle access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Dcreate2(
        H5Handle location, string name, H5Handle type, H5Handle space, H5Handle link, H5Handle creation, H5Handle access);

    [LibraryImport(Library)]
    public static partial int H5Dread(H5Handle dataset, H5Handle memoryType, H5Handle memorySpace, H5Handle fileSpace, H5Handle transfer, void* buffer);

    [LibraryImport(Library)]
    public static partial int H5Dwrite(H5Handle dataset, H5Handle memoryType, H5Handle memorySpace, H5Handle fileSpace, H5Handle transfer, void* buffer);

    [LibraryImport(Library)]
    public static partial nint H5Dget_space(H5Handle dataset);

    [LibraryImport(Library)]
    public static partial nint H5Dget_type(H5Handle dataset);

    [LibraryImport(Library)]
    public static partial nint H5Dget_create_plist(H5Handle dataset);

    [LibraryImport(Library)]
    public static partial ulong H5Dget_storage_size(H5Handle dataset);

    [LibraryImport(Library)]
    public static partial int H5Dvlen_reclaim(H5Handle type, H5Handle space, H5Handle transfer, void* buffer);

    [LibraryImport(Library)]
    public static partial int H5Dread_chunk(H5Handle dataset, H5Handle transfer, ulong* offset, uint* filterMask, void* buffer);

    [LibraryImport(Library)]
    public static partial int H5Dget_chunk_storage_size(H5Handle dataset, ulong* offset, out ulong bytes);

    [LibraryImport(Library)]
    public static partial nint H5Screate(int spaceClass);

    [LibraryImport(Library)]
    public static partial nint H5Screate_simple(int rank, ulong* dimensions, ulong* maximum);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_type(H5Handle space);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_ndims(H5Handle space);

    [LibraryImport(Library)]
    public static partial int H5Sget_simple_extent_dims(H5Handle space, ulong* dimensions, ulong* maximum);

    [LibraryImport(Library)]
    public static partial int H5Sselect_hyperslab(H5Handle space, int operation, ulong* start, ulong* stride, ulong* count, ulong* block);

    [LibraryImport(Library)]
    public static partial int H5Sclose(nint space);
}
