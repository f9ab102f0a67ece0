namespace SpatialCluster.Campaigns.Running;

/// <summary>How a turn at a grain ended.</summary>
/// <param name="End">How.</param>
/// <param name="Outcome">The grain's own end; null while it has none.</param>
public readonly record struct GrainTurn(TurnEnd End, GrainOutcome? Outcome = null)
{
    /// <summary>What is wrong with this machine, so that other grains would fail here, too; null where nothing is.</summary>
    public string? Trouble { get; init; }
}
