namespace SpatialCluster.Campaigns.Planning;

/// <summary>What a plan depends on beside its document and the data.</summary>
public sealed record PlanOptions
{
    /// <summary>The numerical backend; part of every training run's key.</summary>
    public string Backend { get; init; } = "cpu";

    /// <summary>Threads of a device, for forecasts of memory alone.</summary>
    public int Threads { get; init; } = 1;
}
