namespace SpatialCluster.Reporting.Reports;

/// <summary>A modality of the slice.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it measures.</param>
/// <param name="Features">How many features were measured.</param>
/// <param name="FeaturesUsed">How many were left after preprocessing.</param>
/// <param name="Attention">The weight the method gave it, one per spot, 0 … 1; absent where the method weighs nothing.</param>
public sealed record ReportModality(string Name, string Kind, int Features, int FeaturesUsed, float[]? Attention = null);
