namespace SpatialCluster.Campaigns.Silos;

/// <summary>Where silos are listed.</summary>
public enum MembershipKind
{
    /// <summary>By one silo of this machine, as long as it lives: for development.</summary>
    Localhost,

    /// <summary>In a PostgreSQL database.</summary>
    PostgreSql,
}
