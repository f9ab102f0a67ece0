using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>
/// Takes away what no campaign holds: marks from the plans of all campaigns through specs and results to blobs, and sweeps the
/// rest that is older than a grace period.
/// </summary>
/// <remarks>
/// Safe beside running processes that write a plan before they look for results, and put content before they name it. Results go
/// first; then the plans are read again. Whoever had found one of those results had its plan there by then, and gets the result
/// back, with its blobs; whoever comes later finds none, and makes it again. Every deletion is of the state that was marked: what
/// was renewed since stays.
/// </remarks>
public static class GarbageCollection
{
    /// <summary>Collects.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">What may go.</param>
    /// <param name="time">Tells the age of things; the system's where null.</param>
    /// <param name="cancellation">Stops; what is left goes with the next collection.</param>
    /// <returns>What went.</returns>
    /// <exception cref="BadInputException">A campaign to be forgotten is not there.</exception>
    /// <exception cref="SpatialClusterException">Permanent: a plan, spec or result is damaged or of a newer version, so that nobody can say what is needed; nothing went.</exception>
    public static async Task<CollectionReport> RunAsync(IArtifactStore store, CollectionOptions options, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        DateTimeOffset now = (time ?? TimeProvider.System).GetUtcNow();
        CollectionMarks marks = await CollectionMarks.FindAsync(store, options, now, cancellation).ConfigureAwait(false);
        IReadOnlyList<FileInfo> temporary = (store as FileSystemArtifactStore)?.StaleTemporaries(now - options.Grace) ?? [];
        return options.DryRun ? marks.Report(temporary) : await new CollectionSweep(store, marks, temporary, cancellation).RunAsync().ConfigureAwait(false);
    }
}
