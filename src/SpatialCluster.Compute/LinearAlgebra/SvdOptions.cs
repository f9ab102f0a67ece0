namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>How accurately <see cref="TruncatedSvd"/> works.</summary>
public sealed record SvdOptions
{
    /// <summary>Columns of the random block beyond the components wanted; rounded up so that the block's width is a multiple of 32.</summary>
    public int Oversampling { get; init; } = 10;

    /// <summary>Pairs of products with Zᵀ and Z after the first.</summary>
    public int PowerIterations { get; init; } = 10;

    /// <summary>Spots or features up to which the decomposition is exact instead of randomised.</summary>
    public int ExactUpTo { get; init; } = 600;
}
