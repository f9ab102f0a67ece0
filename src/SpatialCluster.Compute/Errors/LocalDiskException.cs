namespace SpatialCluster.Compute.Errors;

/// <summary>A disk of this machine has no room for what passes over it, or fails: the machine's trouble, and not that of the work, which another machine may do.</summary>
/// <param name="message">What was wrong, where, and the way out.</param>
/// <param name="inner">The cause, if another exception is behind it.</param>
public sealed class LocalDiskException(string message, Exception? inner = null) : SpatialClusterException(FailureKind.Permanent, message, inner)
{
    // Errors of the system: no space, quota exceeded.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Whether the message is of temporary files already; else it is of some output, and says to choose another.</summary>
    public bool OfTemporaries { get; init; }

    /// <summary>Whether an error of the system says that there is no room.</summary>
    /// <param name="failure">The error.</param>
    /// <returns>True for a full disk or quota.</returns>
    public static bool IsNoRoom(Exception failure) => failure is IOException { HResult: NoSpace or QuotaExceeded };

    /// <summary>Looks for such trouble behind a failure of work whose every file on this machine is a temporary one.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>The trouble, as one of temporary files; null where there is none.</returns>
    public static LocalDiskException? Behind(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is LocalDiskException { OfTemporaries: true } known)
                return known;
            if (cause is LocalDiskException || IsNoRoom(cause))
            {
                return new LocalDiskException($"No space is left in {Path.GetTempPath()}, where this machine keeps what grains work with; free some, or set $TMPDIR to a folder on another disk.", failure)
                {
                    OfTemporaries = true,
                };
            }
        }

        return null;
    }
}
