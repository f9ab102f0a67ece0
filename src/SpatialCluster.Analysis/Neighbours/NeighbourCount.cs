using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>What every neighbour search asks of its sizes.</summary>
internal static class NeighbourCount
{
    /// <summary>Refuses a number of neighbours that the spots cannot give.</summary>
    public static void Check(int spots, int neighbours)
    {
        if (neighbours < 1)
            throw new BadInputException($"{neighbours} neighbours per spot were asked for; give --neighbors 1 or more.");
        if (spots < 2)
            throw new BadInputException($"A slice of {spots} spots has no neighbours (--neighbors {neighbours}); give it at least 2 spots.");
        if (spots <= neighbours)
            throw new BadInputException($"A slice of {spots} spots cannot give every spot {neighbours} neighbours; lower --neighbors to at most {spots - 1}.");
        if ((long)spots * neighbours > Array.MaxLength)
            throw new BadInputException($"{spots} spots × {neighbours} neighbours do not fit into one table; lower --neighbors to at most {Array.MaxLength / spots}.");
    }
}
