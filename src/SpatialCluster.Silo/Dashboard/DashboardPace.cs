namespace SpatialCluster.Silo.Dashboard;

/// <summary>How often a dashboard looks and tells. All viewers together cost one look.</summary>
internal sealed record DashboardPace
{
    /// <summary>Between two tellings of what was heard: whatever happens meanwhile is put together.</summary>
    public TimeSpan Tell { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two looks into the store where nobody tells what happens.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between two looks where an engine tells: its events may be lost.</summary>
    public TimeSpan LookBesidesEvents { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two signs of life where there is nothing to tell.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);
}
