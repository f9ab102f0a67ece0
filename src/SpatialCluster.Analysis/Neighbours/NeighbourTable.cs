namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// The nearest neighbours of every spot: spots × neighbours, each row by rising distance and, at one distance, by rising
/// spot index. A spot is never its own neighbour.
/// </summary>
public sealed class NeighbourTable
{
    /// <summary>Wraps arrays that the caller hands over.</summary>
    /// <param name="spots">Number of spots.</param>
    /// <param name="neighbours">Neighbours per spot.</param>
    /// <param name="indices">spots × neighbours spot indices, row-major.</param>
    /// <param name="distances">The distance to each, in the unit of the metric.</param>
    public NeighbourTable(int spots, int neighbours, int[] indices, double[] distances)
    {
        if (indices.LongLength != (long)spots * neighbours || distances.LongLength != indices.LongLength)
            throw new ArgumentException($"A table of {spots} × {neighbours} neighbours needs as many indices and distances.", nameof(indices));
        Spots = spots;
        Neighbours = neighbours;
        Indices = indices;
        Distances = distances;
    }

    /// <summary>Number of spots.</summary>
    public int Spots { get; }

    /// <summary>Neighbours per spot, the spot itself not counted.</summary>
    public int Neighbours { get; }

    /// <summary>spots × neighbours spot indices, row-major.</summary>
    public int[] Indices { get; }

    /// <summary>The distance to each of <see cref="Indices"/>.</summary>
    public double[] Distances { get; }

    /// <summary>The neighbours of one spot, nearest first.</summary>
    /// <param name="spot">0 … Spots−1.</param>
    /// <returns>Spot indices.</returns>
    public ReadOnlySpan<int> IndicesOf(int spot) => Indices.AsSpan(spot * Neighbours, Neighbours);

    /// <summary>The distances from one spot to its neighbours.</summary>
    /// <param name="spot">0 … Spots−1.</param>
    /// <returns>Rising distances.</returns>
    public ReadOnlySpan<double> DistancesOf(int spot) => Distances.AsSpan(spot * Neighbours, Neighbours);
}
