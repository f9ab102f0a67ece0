namespace SpatialCluster.Artifacts.Faults;

/// <summary>
/// Named moments before and after every durable step. In production reaching one costs a read and a comparison. The environment
/// variable <c>SPATIALCLUSTER_FAULT=name[:count]</c> kills the process (SIGKILL: nothing is unwound) when it reaches that point
/// for the count-th time; tests may hook in within the process.
/// </summary>
public static class FaultPoint
{
    /// <summary>The environment variable that arms a point.</summary>
    public const string Variable = "SPATIALCLUSTER_FAULT";

    private static volatile Action<string>? s_armed = KillSwitch.FromEnvironment(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Says that a point is reached.</summary>
    /// <param name="name">One of <see cref="FaultPointNames"/>, or a name of the same kind from a floor above.</param>
    public static void Reach(string name) => s_armed?.Invoke(name);

    /// <summary>Calls back at every point, from whatever thread reaches it; the call may block, or throw.</summary>
    /// <param name="reached">Gets the name of the point.</param>
    /// <returns>Ends it when disposed. One hook at a time, for the whole process.</returns>
    public static IDisposable Arm(Action<string> reached)
    {
        ArgumentNullException.ThrowIfNull(reached);
        var hook = new Hook(s_armed);
        s_armed = reached;
        return hook;
    }

    private sealed class Hook(Action<string>? before) : IDisposable
    {
        public void Dispose() => s_armed = before;
    }
}
