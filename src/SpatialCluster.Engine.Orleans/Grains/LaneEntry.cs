
namespace SpatialCluster.Engine.Orleans.Grains;

/// <summary>A grain that waits for a device, or has one.</summary>
internal sealed class LaneEntry(WorkOrder order)
{
    /// <summary>What to do.</summary>
    public WorkOrder Order { get; set; } = order;

    /// <summary>Who wants it.</summary>
    public HashSet<string> Campaigns { get; } = new(StringComparer.Ordinal);

    /// <summary>The silo that has it; null while it waits.</summary>
    public SiloAddress? Silo { get; set; }

    /// <summary>When it was last known to be there, as a timestamp of the clock.</summary>
    public long Seen { get; set; }

    /// <summary>Not to be tried before, as a timestamp of the clock.</summary>
    public long NotBefore { get; set; }

    /// <summary>Silos whose program cannot do it.</summary>
    public HashSet<SiloAddress> Unreadable { get; } = [];
}
