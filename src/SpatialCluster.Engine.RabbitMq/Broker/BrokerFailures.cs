using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>Says in a sentence what a broker, or the way to it, failed with.</summary>
/// <param name="options">Which broker.</param>
internal sealed class BrokerFailures(BrokerOptions options)
{
    private const string CredentialsWayOut = $"look after {BrokerCredentials.UserVariable} and {BrokerCredentials.PasswordVariable}, or the file of --broker-credentials";

    private string Broker => $"The broker {options.Location}";

    /// <summary>Why there is no connection.</summary>
    /// <param name="failure">What the client threw.</param>
    /// <param name="certificateTrouble">What was wrong with the broker's certificate.</param>
    /// <returns>Bad input, where nothing but a change of settings helps; else transient.</returns>
    public SpatialClusterException Connecting(Exception failure, string? certificateTrouble)
    {
        Exception[] all = [.. Behind(failure)];
        if (certificateTrouble is not null)
            return new BadInputException($"{Broker} {certificateTrouble}.", failure);
        if (all.Any(e => e is AuthenticationFailureException or PossibleAuthenticationFailureException))
            return new BadInputException($"{Broker} refuses the user or the password; {CredentialsWayOut}.", failure);
        if (all.OfType<OperationInterruptedException>().Select(e => e.ShutdownReason).FirstOrDefault(r => r is not null) is { } reason)
        {
            if (reason.ReplyCode == Constants.NotAllowed && reason.ReplyText.Contains("not found", StringComparison.Ordinal))
                return new BadInputException($"{Broker} has no virtual host '{options.VirtualHost}'; name one that it has, or make it there (rabbitmqctl add_vhost).", failure);
            if (reason.ReplyCode is Constants.NotAllowed or Constants.AccessRefused && reason.ReplyText.Contains("refused", StringComparison.Ordinal))
                return new BadInputException($"{Broker} does not let this user into the virtual host '{options.VirtualHost}'; give the user rights there (rabbitmqctl set_permissions), or {CredentialsWayOut}.", failure);
            return new BrokerFailedException($"{Broker} does not let us in now ({Text(reason)}); it is tried again.", failure);
        }

        if (all.OfType<AuthenticationException>().FirstOrDefault() is { } tls)
            return new BadInputException($"{Broker} and this program cannot agree on TLS ({tls.Message}); look whether port {Figure(options.Port)} is its TLS port, and whether it wants a client's certificate.", failure);
        if (all.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return new BrokerFailedException(
                socket.SocketErrorCode switch
                {
                    SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"{Broker} is not found: nobody knows the host '{options.Host}'; look whether it is written right. It is tried again.",
                    SocketError.ConnectionRefused => $"{Broker} is away: nothing listens at port {Figure(options.Port)} of '{options.Host}'; start it, or name the right port. It is tried again.",
                    _ => $"{Broker} is not reached ({socket.Message}); look after the network between. It is tried again.",
                },
                failure);
        }

        if (all.Any(e => e is TimeoutException or OperationCanceledException))
            return new BrokerFailedException($"{Broker} does not answer; look after the network between, and whether port {Figure(options.Port)} is its. It is tried again.", failure);
        return new BrokerFailedException($"{Broker} is not reached: {all[^1].Message.TrimEnd('.')}; look whether port {Figure(options.Port)} is its, and whether it wants TLS (amqps). It is tried again.", failure);
    }

    /// <summary>Why something that was asked of it was not done.</summary>
    /// <param name="what">Such as <c>make the queue x</c>.</param>
    /// <param name="failure">What the client threw.</param>
    /// <returns>The failure; one of ours is given back as it is.</returns>
    public SpatialClusterException Doing(string what, Exception failure) => failure switch
    {
        SpatialClusterException ours => ours,
        PublishException { IsReturn: true } => new BrokerFailedException($"{Broker} did not {what}: there is no such queue.", failure),
        PublishException => new BrokerFailedException($"{Broker} did not {what}: it did not take the message; look at its log.", failure),
        OperationInterruptedException { ShutdownReason: { ReplyCode: Constants.AccessRefused } } => new BrokerFailedException(
            $"{Broker} did not {what}: this user may not; give it the rights to configure, write and read '^spatialcluster\\.', and to write 'amq.default' (rabbitmqctl set_permissions).", failure),
        OperationInterruptedException { ShutdownReason: { ReplyCode: Constants.PreconditionFailed } reason } => new BrokerFailedException(
            $"{Broker} did not {what} ({Text(reason)}); where something of that name was made by other means, delete it.", failure),
        OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer } reason } => new BrokerFailedException($"{Broker} did not {what} ({Text(reason)}).", failure),
        TimeoutException or OperationCanceledException => new BrokerFailedException($"{Broker} did not {what} within {Figure(options.Patience.TotalSeconds)} s; the connection is made anew.", failure),
        _ => new BrokerFailedException($"{Broker} did not {what}: the connection was lost ({failure.Message.TrimEnd('.')}); it is made again.", failure),
    };

    /// <summary>Whether something was not there.</summary>
    /// <param name="failure">What the client threw.</param>
    /// <returns>Whether the channel was closed for that.</returns>
    public static bool IsMissing(Exception failure) => failure is OperationInterruptedException { ShutdownReason.ReplyCode: Constants.NotFound };

    /// <summary>What is behind a failure, from the outside inwards.</summary>
    private static IEnumerable<Exception> Behind(Exception failure)
    {
        yield return failure;
        IEnumerable<Exception> next = failure is AggregateException many ? many.InnerExceptions : failure.InnerException is { } inner ? [inner] : [];
        foreach (Exception one in next.SelectMany(Behind))
            yield return one;
    }

    private static string Text(ShutdownEventArgs reason) => $"{Figure(reason.ReplyCode)} {reason.ReplyText}";

    private static string Figure(double number) => number.ToString(CultureInfo.InvariantCulture);
}
