namespace SpatialCluster.Reporting.Reports;

/// <summary>How long a stage took.</summary>
/// <param name="Stage">Such as <c>read</c>, <c>preprocess</c>, <c>train</c>.</param>
/// <param name="Seconds">Wall-clock time.</param>
public sealed record StageTiming(string Stage, double Seconds);
