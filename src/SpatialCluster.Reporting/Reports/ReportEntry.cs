namespace SpatialCluster.Reporting.Reports;

/// <summary>A name with its value, as text.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record ReportEntry(string Name, string Value);
