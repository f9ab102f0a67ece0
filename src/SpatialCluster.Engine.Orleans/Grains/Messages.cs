
namespace SpatialCluster.Engine.Orleans.Grains;

/// <summary>A grain of a plan that is ready.</summary>
/// <param name="Grain">Its key.</param>
/// <param name="Campaign">A campaign that wants it; its plan tells the rest.</param>
/// <param name="Lane">The lane's name.</param>
/// <param name="Code">The code that makes it.</param>
/// <param name="ForecastBytes">The memory that it is forecast to take.</param>
[GenerateSerializer, Immutable, Alias("spatialcluster.order")]
public sealed record WorkOrder([property: Id(0)] string Grain, [property: Id(1)] string Campaign, [property: Id(2)] string Lane, [property: Id(3)] string Code, [property: Id(4)] long ForecastBytes);

/// <summary>What a silo could take, and what it does.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Free">Idle devices of the lane; none where it drains.</param>
/// <param name="MemoryLimit">Bytes that its grains may take together.</param>
/// <param name="MemoryFree">Those of them that are not forecast for what runs; the whole limit where nothing does.</param>
/// <param name="IsIdle">Whether nothing runs on it at all: what is forecast to take more than there is may run alone.</param>
/// <param name="Codes">The code that it has.</param>
/// <param name="Running">The grains of the lane that it works on.</param>
[GenerateSerializer, Immutable, Alias("spatialcluster.report")]
public sealed record SiloReport(
    [property: Id(0)] SiloAddress Silo,
    [property: Id(1)] int Free,
    [property: Id(2)] long MemoryLimit,
    [property: Id(3)] long MemoryFree,
    [property: Id(4)] bool IsIdle,
    [property: Id(5)] string[] Codes,
    [property: Id(6)] string[] Running);

/// <summary>What a silo says to an order.</summary>
[GenerateSerializer, Alias("spatialcluster.answer")]
public enum WorkAnswer
{
    /// <summary>The work is under way.</summary>
    Begun,

    /// <summary>No device or no memory is free, or the silo takes nothing now.</summary>
    Busy,

    /// <summary>The grain's activation is on another silo; it goes, and the next try may place it anew.</summary>
    Misplaced,

    /// <summary>The campaign cannot be read by this silo's program; another's may.</summary>
    Unreadable,
}

/// <summary>How the work on a grain ended.</summary>
[GenerateSerializer, Alias("spatialcluster.end")]
public enum WorkEnd
{
    /// <summary>There is a result or a failure in the store.</summary>
    Ended,

    /// <summary>It stopped; somebody is to go on with it.</summary>
    Returned,

    /// <summary>Somebody outside of this cluster works on it, or did until just now.</summary>
    Elsewhere,
}

/// <summary>How far the work on a grain is.</summary>
/// <param name="Device">The device; null where nothing is under way.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">Epochs wanted.</param>
[GenerateSerializer, Immutable, Alias("spatialcluster.work-standing")]
public sealed record WorkStanding([property: Id(0)] string? Device, [property: Id(1)] string? Stage, [property: Id(2)] int? Epoch, [property: Id(3)] int? Epochs);

/// <summary>How a campaign stands.</summary>
/// <param name="IsActive">Whether it is worked on.</param>
/// <param name="Grains">Grains of its plan.</param>
/// <param name="Done">Those that are done.</param>
/// <param name="Failed">Those that were given up.</param>
[GenerateSerializer, Immutable, Alias("spatialcluster.campaign-standing")]
public sealed record CampaignStanding([property: Id(0)] bool IsActive, [property: Id(1)] int Grains, [property: Id(2)] int Done, [property: Id(3)] int Failed);
