using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>Tells people what the file system said.</summary>
internal static class StoreErrors
{
    public static SpatialClusterException Explain(string location, Exception failure) =>
        Explain(location, failure is UnauthorizedAccessException ? NativeFile.NotAllowed : failure.HResult, failure.Message, failure);

    public static SpatialClusterException Explain(string location, int error, string message, Exception? cause = null) => error switch
    {
        NativeFile.NotAllowed or NativeFile.NotPermitted or NativeFile.ReadOnlyDisk => new BadInputException(
            $"The store {location} may not be written to here; use one that may, or get the right to write to it.", cause),
        NativeFile.NoSpace or NativeFile.QuotaExceeded => new StoreFullException(
            $"No space is left in the store {location}; nothing half is there. Free some (`store du` says what takes it, `store gc` frees what nobody needs).", cause),
        NativeFile.Exists or NativeFile.NoFolder or NativeFile.IsFolder => new BadInputException(
            $"A name in the store {location} is that of an artifact and of a folder of artifacts; choose another.", cause),
        NativeFile.NameTooLong => new BadInputException($"A part of a name is too long for the store {location}; it may have 255 characters.", cause),
        _ => new SpatialClusterException(FailureKind.Permanent, $"The store {location} fails: {message}", cause),
    };
}
