using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Controls;

/// <summary>Parameters of the random embedding.</summary>
public sealed record RandomOptions : MethodOptions
{
    /// <summary>The embedding's width.</summary>
    public int EmbeddingWidth { get; init; } = 20;

    /// <inheritdoc/>
    public override void Validate() => Require(EmbeddingWidth is >= 1 and <= 65536, "--embedding-width", EmbeddingWidth, "between 1 and 65536");
}
