namespace SpatialCluster.Analysis.Autocorrelation;

/// <summary>Both classical statistics of one column over one weighted graph; NaN for a constant column or an empty graph.</summary>
/// <param name="Moran">Moran's I: about −1/(n−1) without pattern, towards 1 when neighbours are alike.</param>
/// <param name="Geary">Geary's C: about 1 without pattern, towards 0 when neighbours are alike.</param>
public readonly record struct SpatialStatistic(double Moran, double Geary);
