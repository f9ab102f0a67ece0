using System.CommandLine;
using System.Net;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Options;

/// <summary>How the silos of the engine on Microsoft Orleans find one another. Connection strings come from files and the environment alone: whoever lists processes sees command lines.</summary>
internal sealed class MembershipOptionSet : OptionSet
{
    private const string Localhost = "localhost", PostgreSql = "postgresql";
    private const int MostPort = 65535;

    private readonly Option<string?> _membership;
    private readonly Option<string?> _connection;
    private readonly Option<string?>? _advertise;
    private readonly Option<int?>? _siloPort;
    private readonly Option<int?>? _gatewayPort;

    /// <summary>Makes the options.</summary>
    /// <param name="ofASilo">Whether they are those of a silo, rather than of one who looks for silos.</param>
    public MembershipOptionSet(bool ofASilo)
        : base("Membership (with --engine orleans)")
    {
        _membership = One<string?>("--membership", "KIND", $"Where silos are listed: {Localhost} (default; by one silo of this machine, for trying it out) or {PostgreSql}. {Localhost}:PORT names the {(ofASilo ? "port of the silo that keeps the list (default 11111)" : "gateway's port (default 30000)")}.");
        _connection = One<string?>("--membership-connection", "FILE", $"With {PostgreSql}, a file with the connection string and nothing else (default ${ClusterMembership.ConnectionVariable}).");
        if (!ofASilo)
            return;
        _advertise = One<string?>("--advertise", "ADDRESS", "The IP address by which other machines reach this silo (default: it is for this machine alone).");
        _siloPort = One<int?>("--silo-port", "PORT", "The port for other silos (default: a free one).");
        _gatewayPort = One<int?>("--gateway-port", "PORT", "The port for those who submit campaigns (default: a free one).");
    }

    /// <summary>The membership that is meant.</summary>
    /// <exception cref="BadInputException">There is no such kind, no connection string, or no such port.</exception>
    public ClusterMembership Read(ParseResult result)
    {
        string[] parts = (result.GetValue(_membership) ?? Localhost).Split(':', 2);
        int? port = parts.Length < 2 ? null : int.TryParse(parts[1], out int number) && number is > 0 and <= MostPort ? number
            : throw new BadInputException($"{_membership.Name} names the port '{parts[1]}'; a port is a number from 1 to {MostPort}.");
        ClusterMembership membership = parts[0] switch
        {
            Localhost => new ClusterMembership(MembershipKind.Localhost) { PrimaryPort = port ?? 11111, PrimaryGateway = port ?? 30000 },
            PostgreSql when port is null => new ClusterMembership(MembershipKind.PostgreSql) { Connection = Connection(result) },
            _ => throw new BadInputException($"There is no membership '{result.GetValue(_membership)}'; {_membership.Name} knows {Localhost}, {Localhost}:PORT and {PostgreSql}."),
        };
        return membership with { Advertised = Advertised(result), SiloPort = Port(_siloPort, result), GatewayPort = Port(_gatewayPort, result) };
    }

    private string Connection(ParseResult result)
    {
        if (result.GetValue(_connection) is not { } file)
        {
            return Environment.GetEnvironmentVariable(ClusterMembership.ConnectionVariable) is { Length: > 0 } text
                ? text
                : throw new BadInputException($"With {_membership.Name} {PostgreSql}, a connection string is wanted; write one to a file for {_connection.Name}, or set ${ClusterMembership.ConnectionVariable}.");
        }

        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : throw new BadInputException($"{file} is empty; it should hold the connection string of the database in which silos are listed.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The connection string cannot be read from {file}; name a file that is there and may be read.");
        }
    }

    private IPAddress? Advertised(ParseResult result) => _advertise is null || result.GetValue(_advertise) is not { } text ? null
        : IPAddress.TryParse(text, out IPAddress? address) ? address
        : throw new BadInputException($"{_advertise.Name} is '{text}'; give an IP address, such as 10.0.0.7.");

    private static int Port(Option<int?>? option, ParseResult result) => option is null ? 0 : result.GetValue(option) switch
    {
        null => 0,
        > 0 and <= MostPort and int port => port,
        int other => throw new BadInputException($"{option.Name} is {other}; a port is a number from 1 to {MostPort}."),
    };
}
