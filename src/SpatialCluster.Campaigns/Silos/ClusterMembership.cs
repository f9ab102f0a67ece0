using System.Net;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>How the silos of an engine that needs no broker find one another.</summary>
/// <param name="Kind">Where they are listed.</param>
public sealed record ClusterMembership(MembershipKind Kind)
{
    /// <summary>The environment variable that holds a connection string.</summary>
    public const string ConnectionVariable = "SPATIALCLUSTER_MEMBERSHIP_CONNECTION";

    /// <summary>The connection string of the database; a secret. Empty for <see cref="MembershipKind.Localhost"/>.</summary>
    public string Connection { get; init; } = "";

    /// <summary>What must never be shown of it: the whole, and the password alone.</summary>
    public IEnumerable<string> Secrets => Connection.Split(';')
        .Select(part => part.Split('=', 2))
        .Where(part => part.Length == 2 && part[0].Trim() is { } name && (name.Equals("Password", StringComparison.OrdinalIgnoreCase) || name.Equals("Pwd", StringComparison.OrdinalIgnoreCase)))
        .Select(part => part[1].Trim().Trim('\'', '"'))
        .Append(Connection);

    /// <summary>With <see cref="MembershipKind.Localhost"/>, the port of the silo that keeps the list.</summary>
    public int PrimaryPort { get; init; } = 11111;

    /// <summary>With <see cref="MembershipKind.Localhost"/>, the gateway that clients try.</summary>
    public int PrimaryGateway { get; init; } = 30000;

    /// <summary>The address by which other silos reach this one; null where all are on this machine.</summary>
    public IPAddress? Advertised { get; init; }

    /// <summary>The port for other silos; 0 for a free one.</summary>
    public int SiloPort { get; init; }

    /// <summary>The port for clients; 0 for a free one.</summary>
    public int GatewayPort { get; init; }

    /// <summary>About how long a silo may be silent before it is declared dead.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The kind, and nothing of the connection string.</summary>
    /// <returns>Such as <c>postgresql</c>.</returns>
    public override string ToString() => Kind.ToString().ToLowerInvariant();
}
