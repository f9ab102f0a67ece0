using System.CommandLine;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Cli.Options;

/// <summary>Which broker, and what it asks for. Credentials come from files and the environment alone: whoever lists processes sees command lines.</summary>
internal sealed class BrokerOptionSet : OptionSet
{
    private const int MostHeartbeat = 600;

    private readonly Option<string?> _broker;
    private readonly Option<string?> _credentials;
    private readonly Option<string?> _authority;
    private readonly Option<int?> _heartbeat;

    public BrokerOptionSet()
        : base("Broker")
    {
        _broker = One<string?>("--broker", "URL", $"Where it is: amqp://host:port/vhost, amqps:// for TLS; without user and password (default ${BrokerOptions.Variable}, which may hold them).");
        _credentials = One<string?>("--broker-credentials", "FILE", $"A file of two lines, user and password (default ${BrokerCredentials.UserVariable} and ${BrokerCredentials.PasswordVariable}; on this machine 'guest').");
        _authority = One<string?>("--broker-ca", "FILE", "With amqps://, a PEM file of the authorities that may have signed the broker's certificate (default: those of this machine).");
        _heartbeat = One<int?>("--heartbeat", "SECONDS", "Silence after which the broker is asked whether it is there; who is silent for about twice as long is taken for gone, by either side, and others go on with its grains (default 10).");
    }

    /// <summary>The broker that is meant.</summary>
    /// <exception cref="BadInputException">There is none, the heartbeat is none, or credentials are missing or where they should not be.</exception>
    public BrokerOptions Read(ParseResult result)
    {
        BrokerOptions found = BrokerOptions.Find(result.GetValue(_broker), result.GetValue(_credentials), result.GetValue(_authority), Environment.GetEnvironmentVariable);
        return Heartbeat(result) is { } heartbeat ? found.WithHeartbeat(heartbeat) : found;
    }

    /// <summary>The heartbeat that is meant; null for the usual one.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public TimeSpan? Heartbeat(ParseResult result) => result.GetValue(_heartbeat) switch
    {
        null => null,
        >= 1 and <= MostHeartbeat and int seconds => TimeSpan.FromSeconds(seconds),
        int other => throw new BadInputException($"{_heartbeat.Name} is {other}; it must be a whole number of seconds, 1 to {MostHeartbeat}."),
    };
}
