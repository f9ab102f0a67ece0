namespace SpatialCluster.Reporting.Reports;

/// <summary>A loss, or a part of one, over the epochs.</summary>
/// <param name="Name">Such as <c>total</c> or <c>contrastive rna</c>.</param>
/// <param name="Values">One per epoch, from the first.</param>
public sealed record LossSeries(string Name, double[] Values);
