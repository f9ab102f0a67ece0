using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Hdf5.Interop;

/// <content>Datatypes and property lists.</content>
internal static unsafe partial class H5Native
{
    [LibraryImport(Library)]
    public static partial nint H5Tcopy(H5Handle type);

    [LibraryImport(Library)]
    public static partial nint H5Tcreate(int typeClass, nuint size);

    [LibraryImport(Library)]
    public static partial int H5Tclose(nint type);

    [LibraryImport(Library)]
    public static partial int H5Tget_class(H5Handle type);

    [LibraryImport(Library)]
    public static partial nuint H5Tget_size(H5Handle type);

    [LibraryImport(Library)]
    public static partial int H5Tget_sign(H5Handle type);

    [LibraryImport(Library)]
    public static partial int H5Tget_strpad(H5Handle type);

    [LibraryImport(Library)]
    public static partial int H5Tis_variable_str(H5Handle type);

    [LibraryImport(Library)]
    public static partial int H5Tequal(H5Handle first, H5Handle second);

    [LibraryImport(Library)]
    public static partial nint H5Tget_native_type(H5Handle type, int direction);

    [LibraryImport(Library)]
    public static partial nint H5Tget_super(H5Handle type);

    [LibraryImport(Library)]
    public static partial int H5Tget_nmembers(H5Handle type);

    [LibraryImport(Library)]
    public static partial byte* H5Tget_member_name(H5Handle type, uint member);

    [LibraryImport(Library)]
    public static partial nint H5Tget_member_type(H5Handle type, uint member);

    [LibraryImport(Library)]
    public static partial int H5Tset_size(H5Handle type, nuint size);

    [LibraryImport(Library)]
    public static partial int H5Tset_cset(H5Handle type, int characterSet);

    [LibraryImport(Library)]
    public static partial int H5Tset_strpad(H5Handle type, int padding);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Tinsert(H5Handle compound, string name, nuint offset, H5Handle member);

    [LibraryImport(Library)]
    public static partial nint H5Tenum_create(H5Handle baseType);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int H5Tenum_insert(H5Handle type, string name, void* value);

    [LibraryImport(Library)]
    public static partial nint H5Pcreate(nint propertyClass);

    [LibraryImport(Library)]
    public static partial int H5Pclose(nint list);

    [LibraryImport(Library)]
    public static partial int H5Pset_chunk(H5Handle creation, int rank, ulong* dimensions);

    [LibraryImport(Library)]
    public static partial int H5Pget_chunk(H5Handle creation, int rank, ulong* dimensions);

    [LibraryImport(Library)]
    public static partial int H5Pset_deflate(H5Handle creation, uint level);

    [LibraryImport(Library)]
    public static partial int H5Pset_obj_track_times(H5Handle creation, byte track);

    [LibraryImport(Library)]
    public static partial int H5Pset_chunk_cache(H5Handle access, nuint slots, nuint bytes, double preemption);

    [LibraryImport(Library)]
    public static partial int H5Pset_userblock(H5Handle creation, ulong bytes);

    [LibraryImport(Library)]
    public static partial int H5Pset_file_locking(H5Handle access, byte use, byte ignoreWhenDisabled);

    [LibraryImport(Library)]
    public static partial int H5Pset_vlen_mem_manager(
        H5Handle transfer, delegate* unmanaged[Cdecl]<nuint, void*, void*> allocate, void* allocateState, delegate* unmanaged[Cdecl]<void*, void*, void> free, void* freeState);

    [LibraryImport(Library)]
    public static partial int H5Pset_fclose_degree(H5Handle access, int degree);

    [LibraryImport(Library)]
    public static partial int H5Pset_char_encoding(H5Handle link, int encoding);

    [LibraryImport(Library)]
    public static partial int H5Pget_layout(H5Handle creation);

    [LibraryImport(Library)]
    public static partial int H5Pget_external_count(H5Handle creation);

    [LibraryImport(Library)]
    public static partial int H5Pget_nfilters(H5Handle creation);

    [LibraryImport(Library)]
    public static partial int H5Pget_filter2(
        H5Handle creation, uint position, uint* flags, nuint* values, uint* valueBuffer, nuint nameSize, byte* name, uint* configuration);
}
