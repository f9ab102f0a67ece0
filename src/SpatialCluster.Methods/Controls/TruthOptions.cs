using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Controls;

/// <summary>Parameters of the embedding that is the truth.</summary>
public sealed record TruthOptions : MethodOptions
{
    /// <summary>Standard deviation of what is added to each coordinate, so that spots of a domain are not all at one distance.</summary>
    public double Jitter { get; init; } = 0.001;

    /// <inheritdoc/>
    public override void Validate() => Require(Jitter is > 0 and <= 0.1, "--jitter", Jitter, "above 0 and at most 0.1");
}
