namespace SpatialCluster.Silo.Hosting;

/// <summary>Marks an endpoint that answers without a token.</summary>
public sealed class OpenToAll
{
    /// <summary>The mark.</summary>
    public static OpenToAll Mark { get; } = new();
}
