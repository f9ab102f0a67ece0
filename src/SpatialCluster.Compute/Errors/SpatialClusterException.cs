namespace SpatialCluster.Compute.Errors;

/// <summary>What a caller can do about a failure.</summary>
public enum FailureKind
{
    /// <summary>The input or its use is wrong: somebody has to change it. Exit code 2.</summary>
    BadInput,

    /// <summary>The same call may succeed later (a server away, a lease lost).</summary>
    Transient,

    /// <summary>The same call will fail again (no memory, no space, a damaged artifact).</summary>
    Permanent,
}

/// <summary>
/// The one family of errors that people see. The message is a single sentence or two: what is wrong, where (file, field),
/// and the way out.
/// </summary>
public class SpatialClusterException : Exception
{
    /// <summary>Makes an error of a given kind.</summary>
    /// <param name="kind">What a caller can do about it.</param>
    /// <param name="message">What was wrong, where, and the way out.</param>
    /// <param name="inner">The cause, if another exception is behind it.</param>
    public SpatialClusterException(FailureKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>What a caller can do about it.</summary>
    public FailureKind Kind { get; }
}

/// <summary>Input or usage that somebody has to change: exit code 2.</summary>
public sealed class BadInputException : SpatialClusterException
{
    /// <summary>Makes a bad-input error.</summary>
    /// <param name="message">What was wrong, where, and the way out.</param>
    /// <param name="inner">The cause, if another exception is behind it.</param>
    public BadInputException(string message, Exception? inner = null)
        : base(FailureKind.BadInput, message, inner)
    {
    }
}
