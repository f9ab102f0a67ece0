namespace SpatialCluster.Reporting.Reports;

/// <summary>What made a result, and from what.</summary>
public sealed record ReportProvenance
{
    /// <summary>The version of SpatialCluster.</summary>
    public required string Version { get; init; }

    /// <summary>The numerical backend, such as <c>cpu, 2 threads, Vector512</c>.</summary>
    public required string Backend { get; init; }

    /// <summary>The command line, as it was typed.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The files read.</summary>
    public IReadOnlyList<ReportInput> Inputs { get; init; } = [];

    /// <summary>Anything else: the preset's version, the machine, the date.</summary>
    public IReadOnlyList<ReportEntry> Details { get; init; } = [];
}
