
namespace SpatialCluster.Engine.Orleans.Grains;

/// <summary>What a campaign's grain keeps: that it is at work, and for which activation. Everything else is in the store anyway.</summary>
[GenerateSerializer, Alias("spatialcluster.campaign-state")]
public sealed class CampaignState
{
    /// <summary>The version of this form.</summary>
    [Id(0)]
    public int Version { get; set; } = 1;

    /// <summary>The campaign's activation in the store; empty where it is not at work.</summary>
    [Id(1)]
    public string Activation { get; set; } = "";

    /// <summary>The lanes to which its grains were offered.</summary>
    [Id(2)]
    public string[] Lanes { get; set; } = [];
}
