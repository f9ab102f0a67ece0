using SpatialCluster.Analysis.Communities;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Umap;

/// <summary>
/// Draws a fuzzy neighbour graph in the plane as UMAP does (McInnes, Healy and Melville 2018), with the constants and the
/// sampling of umap-learn; the graph may come from anywhere, such as several modalities together.
/// </summary>
/// <remarks>
/// <para>The layout depends on graph, options and seed alone: one thread does the descent, the start is shared by the team.</para>
/// <para>Time goes with stored weights × epochs; memory is about 30 bytes per stored weight and 250 per spot.</para>
/// <para>Distances in a layout mean little; which spots are neighbours is what it keeps.</para>
/// </remarks>
public static class UmapLayout
{
    private const int ManyEpochs = 500, FewEpochs = 200, FewSpots = 10_000;

    /// <summary>Draws a graph.</summary>
    /// <param name="graph">Symmetric, spots × spots, with weights that are finite and not negative, such as <see cref="FuzzyNeighbourGraph.Connect"/> makes; loops are ignored.</param>
    /// <param name="options">Shape, effort and seed.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="cancellation">Stops between epochs.</param>
    /// <returns>Spots × 2 (x, y), for the caller to dispose; the unit is <see cref="UmapOptions.Spread"/>.</returns>
    /// <exception cref="BadInputException">The graph is not square or symmetric, a weight is negative or not finite, or an option is out of range.</exception>
    public static Matrix Compute(CsrMatrix graph, UmapOptions options, ThreadTeam team, CancellationToken cancellation = default)
    {
        Check(options);
        CommunityGraph symmetric = CommunityGraph.From(graph);
        RandomStream random = new RandomStream(options.Seed).Derive("umap");
        float[] places = SpectralStart.Of(symmetric, random.Derive("start"), team, cancellation);
        int epochs = options.Epochs ?? (symmetric.Nodes <= FewSpots ? ManyEpochs : FewEpochs);
        var forces = new ForceTable(UmapCurve.Fit(options.MinDistance, options.Spread), options.Repulsion);
        var descent = new LayoutDescent(
            places, LayoutEdges.From(symmetric, epochs), forces, options.NegativeSamples, random.Derive("negatives").Key);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            descent.Run(epoch, (float)(options.LearningRate * (1 - ((double)epoch / epochs))));
        }

        return Matrix.From(symmetric.Nodes, 2, places);
    }

    /// <summary>Connects neighbours by <see cref="FuzzyNeighbourGraph.Connect"/> and draws them.</summary>
    /// <param name="neighbours">The neighbours of every spot, without itself.</param>
    /// <param name="options">Shape, effort and seed.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="cancellation">Stops between epochs.</param>
    /// <returns>Spots × 2 (x, y), for the caller to dispose.</returns>
    /// <exception cref="BadInputException">An option is out of range.</exception>
    public static Matrix Compute(NeighbourTable neighbours, UmapOptions options, ThreadTeam team, CancellationToken cancellation = default) =>
        Compute(FuzzyNeighbourGraph.Connect(neighbours, team), options, team, cancellation);

    private static void Check(UmapOptions options)
    {
        if (!(options.Spread > 0) || double.IsPositiveInfinity(options.Spread))
            throw new BadInputException($"The spread of the layout is {options.Spread}; it must be a finite positive number (1 is usual).");
        if (!(options.MinDistance >= 0 && options.MinDistance <= options.Spread))
            throw new BadInputException($"The minimal distance of the layout is {options.MinDistance}; it must lie between 0 and the spread, {options.Spread}.");
        if (options.Epochs < 0)
            throw new BadInputException($"The layout is asked for {options.Epochs} epochs; give 0 or more, or none to choose by the number of spots.");
        if (options.NegativeSamples < 0)
            throw new BadInputException($"The layout is asked for {options.NegativeSamples} negative samples; give 0 or more (5 is usual).");
        if (!(options.LearningRate > 0) || double.IsPositiveInfinity(options.LearningRate))
            throw new BadInputException($"The learning rate of the layout is {options.LearningRate}; it must be a finite positive number (1 is usual).");
        if (!(options.Repulsion >= 0) || double.IsPositiveInfinity(options.Repulsion))
            throw new BadInputException($"The repulsion of the layout is {options.Repulsion}; it must be a finite number that is not negative (1 is usual).");
    }
}
