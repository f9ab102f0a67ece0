using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A grain that waits and puts its number.</summary>
internal sealed record ProbeSpec(string Kind, int Version, int Number, int Milliseconds) : GrainSpec
{
    public override string Kind { get; } = Kind;

    public override int Version { get; } = Version;

    public override IReadOnlyList<GrainKey> Inputs => [];

    protected override JsonObject Body() => new() { ["number"] = Number, ["milliseconds"] = Milliseconds };
}
