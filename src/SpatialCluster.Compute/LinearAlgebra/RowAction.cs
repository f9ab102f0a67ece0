namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>Takes one row of a product.</summary>
/// <param name="row">The row's number.</param>
/// <param name="values">Its values, valid during the call only.</param>
public delegate void RowAction(int row, ReadOnlySpan<double> values);
