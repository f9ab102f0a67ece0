namespace SpatialCluster.Methods.Catalogue;

/// <summary>How tissue domains are found: Leiden on the fuzzy neighbour graph of the embedding.</summary>
public sealed record DomainOptions
{
    /// <summary>The wanted number of domains, for which the resolution is searched; null takes <see cref="Resolution"/> as it is.</summary>
    public int? Domains { get; init; }

    /// <summary>Leiden's resolution.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>Neighbours of a spot in the embedding, itself included as scanpy counts.</summary>
    public int Neighbours { get; init; } = 50;

    /// <summary>Takes so many principal components of the embedding in place of the embedding; null for none.</summary>
    public int? PrincipalComponents { get; init; }
}
