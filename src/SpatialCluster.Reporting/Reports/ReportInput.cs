namespace SpatialCluster.Reporting.Reports;

/// <summary>A file that the result was made from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Digest">Its digest, such as <c>sha256:…</c>; absent where none was taken.</param>
public sealed record ReportInput(string Name, long Bytes, string? Digest = null);
