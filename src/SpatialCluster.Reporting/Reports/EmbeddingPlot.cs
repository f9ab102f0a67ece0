namespace SpatialCluster.Reporting.Reports;

/// <summary>The embedding in two dimensions.</summary>
/// <param name="XTitle">What the first dimension is, such as <c>first component</c>.</param>
/// <param name="YTitle">What the second dimension is.</param>
/// <param name="X">One per spot.</param>
/// <param name="Y">One per spot.</param>
public sealed record EmbeddingPlot(string XTitle, string YTitle, double[] X, double[] Y);
