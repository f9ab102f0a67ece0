using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>What a simulated grain does.</summary>
internal sealed record SimSpec
{
    public required string Title { get; init; }

    public string Code { get; init; } = SimWork.FirstCode;

    public Lane Lane { get; init; } = Lane.Cpu;

    public long Bytes { get; init; } = 10;

    public int Epochs { get; init; } = 3;

    public double EpochSeconds { get; init; } = 1;

    /// <summary>Whether it is a training with checkpoints, which can also yield.</summary>
    public bool Checkpoints { get; init; } = true;

    /// <summary>Whether it stops when it is told to.</summary>
    public bool Stops { get; init; } = true;

    /// <summary>Kills whatever process begins it.</summary>
    public bool Poison { get; init; }

    /// <summary>Fails at its end, with this kind of failure.</summary>
    public string? Fails { get; init; }

    public JsonObject ToJson(IEnumerable<GrainKey> inputs) => new()
    {
        ["title"] = Title,
        ["epochs"] = Epochs,
        ["seconds"] = EpochSeconds,
        ["checkpoints"] = Checkpoints,
        ["stops"] = Stops,
        ["poison"] = Poison,
        ["fails"] = Fails,
        ["inputs"] = new JsonArray([.. inputs.Select(i => (JsonNode)i.ToString())]),
    };
}
