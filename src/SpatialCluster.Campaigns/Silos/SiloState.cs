namespace SpatialCluster.Campaigns.Silos;

/// <summary>What a silo does with grains.</summary>
public enum SiloState
{
    /// <summary>It takes grains.</summary>
    Ready,

    /// <summary>It ends or gives back what it has, and takes no more.</summary>
    Draining,

    /// <summary>It has no grains and takes none.</summary>
    Drained,

    /// <summary>It has left; its process ends.</summary>
    Left,
}
