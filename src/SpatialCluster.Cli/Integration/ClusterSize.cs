using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Cli.Integration;

/// <summary>Fits the number of neighbours for clustering to small slices.</summary>
internal static class ClusterSize
{
    /// <summary>A preset's number is lowered to what the slice has; one that was given is refused where it is too high.</summary>
    public static DomainOptions Fit(IntegrationRequest request, int spots, out string? note)
    {
        DomainOptions options = request.Options.Domains;
        note = null;
        if (options.Domains > spots)
            throw new BadInputException($"{spots} spots cannot form {options.Domains} domains; lower --domains.");
        if (options.Neighbours < spots || spots < 3)
            return options;
        if (request.ClusterNeighboursGiven)
            throw new BadInputException($"A slice of {spots} spots cannot give every spot {options.Neighbours} neighbours; lower --cluster-neighbors to at most {spots - 1}.");
        note = $"The slice has {spots} spots, so domains go by {spots - 1} neighbours in the embedding instead of the customary {options.Neighbours}.";
        return options with { Neighbours = spots - 1 };
    }
}
