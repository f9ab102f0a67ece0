namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>How accurately <see cref="TruncatedSvd"/> works.</summary>
public sealed record SvdOptions
{
    /// <summary>Columns of the random block beyond the components wanted.</summary>
    public int Oversampling { get; init; } = 10;

    /// <summary>Pairs of products with Zᵀ and Z after the first; null takes as many as scikit-learn does: 7 where the components are fewer than a tenth of the smaller side, else 4.</summary>
    public int? PowerIterations { get; init; }

    /// <summary>Spots or features up to which the decomposition is exact instead of randomised.</summary>
    public int ExactUpTo { get; init; } = 600;
}
