namespace SpatialCluster.Campaigns.Planning;

/// <summary>What kind of slot a grain asks for.</summary>
public enum Lane
{
    /// <summary>Reading and writing; little of a core.</summary>
    Io,

    /// <summary>The threads of a CPU device.</summary>
    Cpu,

    /// <summary>A GPU.</summary>
    Gpu,
}
