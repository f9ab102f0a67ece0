using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Controls;

/// <summary>Parameters of joint principal components.</summary>
public sealed record PcaOptions : MethodOptions
{
    /// <summary>The embedding's width; as many as there are features where those are fewer.</summary>
    public int Components { get; init; } = 50;

    /// <summary>What is brought to one scale before the modalities are put side by side.</summary>
    public PcaScaling Scaling { get; init; } = PcaScaling.Modality;

    /// <inheritdoc/>
    public override void Validate() => Require(Components is >= 1 and <= 4096, "--components", Components, "between 1 and 4096");
}
