namespace SpatialCluster.Compute.Tests.Kernels;

/// <summary>What a product is asked for.</summary>
internal sealed record GemmShape(int Rows, int Inner, int Columns)
{
    public bool Transposed { get; init; }

    public bool Bias { get; init; }

    public bool Relu { get; init; }

    public bool Gate { get; init; }

    public bool Accumulate { get; init; }

    /// <summary>With the options whose bits are set.</summary>
    public GemmShape With(int options) => this with
    {
        Transposed = (options & 1) != 0,
        Bias = (options & 2) != 0,
        Relu = (options & 4) != 0,
        Gate = (options & 8) != 0,
        Accumulate = (options & 16) != 0,
    };
}
