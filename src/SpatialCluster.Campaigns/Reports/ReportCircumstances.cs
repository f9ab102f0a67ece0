namespace SpatialCluster.Campaigns.Reports;

/// <summary>What a report tells beside the results.</summary>
/// <param name="Version">The version of the program.</param>
/// <param name="CommandLine">The command line, as it was typed.</param>
/// <param name="When">When it was made, as text.</param>
public sealed record ReportCircumstances(string Version, string CommandLine, string When);
