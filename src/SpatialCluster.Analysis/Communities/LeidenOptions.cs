namespace SpatialCluster.Analysis.Communities;

/// <summary>How <see cref="Leiden"/> looks for communities.</summary>
public sealed record LeidenOptions
{
    /// <summary>The resolution γ: not negative; higher gives more and smaller communities, 0 gives the connected components.</summary>
    public double Resolution { get; init; } = 1.0;

    /// <summary>The seed: the same graph, options and seed give the same labels.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// The most iterations of one start, each beginning from the result of the one before; −1 iterates until two in a row
    /// gain nothing.
    /// </summary>
    public int Iterations { get; init; } = -1;

    /// <summary>
    /// Independent starts, of which the best is kept; 0 chooses by the size of the graph: as many as fit into two million
    /// stored weights, between 1 (large graphs) and 20 (small ones). Time grows in proportion.
    /// </summary>
    public int Starts { get; init; }

    /// <summary>
    /// The randomness θ of the refinement, positive, in units of the graph's mean edge weight; 0.01 in the paper, whose graphs
    /// are unweighted.
    /// </summary>
    public double Randomness { get; init; } = 0.01;
}
