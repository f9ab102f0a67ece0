using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Hosting;

/// <summary>Turns what went wrong into a sentence and an exit code.</summary>
internal static class Failures
{
    /// <summary>Tells of an error.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="output">Standard error.</param>
    /// <param name="debug">Whether to show where an internal error arose.</param>
    /// <returns>The exit code.</returns>
    public static int Report(Exception error, TextWriter output, bool debug)
    {
        debug |= Environment.GetEnvironmentVariable("SPATIALCLUSTER_DEBUG") == "1";
        (int code, string sentence) = error switch
        {
            SpatialClusterException known => (ExitCode.BadInput, known.Message),
            OutOfMemoryException => (ExitCode.BadInput, "There is not enough memory for this; give fewer spots or features, lower --hidden-width, or use a machine with more."),
            OperationCanceledException => (ExitCode.Cancelled, "Cancelled; nothing was written."),
            _ => (ExitCode.Internal, $"Internal error ({error.GetType().Name}): {error.Message}{(debug ? "" : " Run it with --debug to see where it arose.")}"),
        };
        output.WriteLine($"spatialcluster: {sentence}");
        if (debug && code != ExitCode.Cancelled)
            output.WriteLine(error);
        return code;
    }
}
