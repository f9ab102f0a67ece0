using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Hdf5.Interop;

/// <summary>Identifiers that the library keeps in variables of its own.</summary>
internal sealed unsafe class H5NativeTypes(nint library)
{
    public H5TypeHandle Float32 { get; } = Type(library, "H5T_IEEE_F32LE_g");

    public H5TypeHandle Float64 { get; } = Type(library, "H5T_IEEE_F64LE_g");

    public H5TypeHandle Int8 { get; } = Type(library, "H5T_STD_I8LE_g");

    public H5TypeHandle Int16 { get; } = Type(library, "H5T_STD_I16LE_g");

    public H5TypeHandle Int32 { get; } = Type(library, "H5T_STD_I32LE_g");

    public H5TypeHandle Int64 { get; } = Type(library, "H5T_STD_I64LE_g");

    public H5TypeHandle UInt32 { get; } = Type(library, "H5T_STD_U32LE_g");

    public H5TypeHandle Text { get; } = Type(library, "H5T_C_S1_g");

    public nint FileAccess { get; } = Read(library, "H5P_CLS_FILE_ACCESS_ID_g");

    public nint FileCreation { get; } = Read(library, "H5P_CLS_FILE_CREATE_ID_g");

    public nint DatasetAccess { get; } = Read(library, "H5P_CLS_DATASET_ACCESS_ID_g");

    public nint DatasetCreation { get; } = Read(library, "H5P_CLS_DATASET_CREATE_ID_g");

    public nint DatasetTransfer { get; } = Read(library, "H5P_CLS_DATASET_XFER_ID_g");

    public nint GroupCreation { get; } = Read(library, "H5P_CLS_GROUP_CREATE_ID_g");

    public nint LinkCreation { get; } = Read(library, "H5P_CLS_LINK_CREATE_ID_g");

    /// <summary>Whether single chunks can be read as they are stored.</summary>
    public bool ReadsChunks { get; } =
        NativeLibrary.TryGetExport(library, "H5Dread_chunk", out _) && NativeLibrary.TryGetExport(library, "H5Dget_chunk_storage_size", out _);

    /// <summary>Whether file locking can be waived where the file system has none.</summary>
    public bool SetsLocking { get; } = NativeLibrary.TryGetExport(library, "H5Pset_file_locking", out _);

    private static H5TypeHandle Type(nint library, string symbol) => new(Read(library, symbol), owns: false);

    private static nint Read(nint library, string symbol) => *(nint*)NativeLibrary.GetExport(library, symbol);
}
