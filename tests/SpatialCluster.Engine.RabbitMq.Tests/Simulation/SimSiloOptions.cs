using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>What a simulated silo is.</summary>
internal sealed record SimSiloOptions
{
    public IReadOnlyList<string> Codes { get; init; } = [SimWork.FirstCode];

    public IReadOnlyList<Lane> Devices { get; init; } = [Lane.Cpu];

    public long MemoryLimit { get; init; } = 1000;

    public TimeSpan Segment { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(8);

    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan ClockOff { get; init; }
}
