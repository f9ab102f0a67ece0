namespace SpatialCluster.Analysis.Umap;

/// <summary>How <see cref="UmapLayout"/> draws a graph; the defaults are those of scanpy's <c>tl.umap</c>.</summary>
public sealed record UmapOptions
{
    /// <summary>How close neighbours may lie, in units of the layout: 0 … <see cref="Spread"/>. Lower is clumpier.</summary>
    public double MinDistance { get; init; } = 0.5;

    /// <summary>The scale of the layout, positive: similarity falls by a factor e over this distance.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>Passes over the edges, not negative; null takes 500 up to 10,000 spots and 200 beyond. 0 gives the start.</summary>
    public int? Epochs { get; init; }

    /// <summary>Random spots that each sampled edge pushes off, not negative.</summary>
    public int NegativeSamples { get; init; } = 5;

    /// <summary>The length of the first steps, positive; it falls linearly to zero.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>The weight γ of repulsion against attraction, not negative.</summary>
    public double Repulsion { get; init; } = 1;

    /// <summary>The seed: the same graph, options and seed give the same layout.</summary>
    public ulong Seed { get; init; }
}
