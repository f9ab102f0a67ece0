using System.Net.Sockets;
using System.Security.Authentication;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>Tells people what the store's server, or the way to it, said. No message has anything of a request's or an answer's text in it: there may be signatures in them.</summary>
internal static class AzureBlobErrors
{
    // What the service allows between a request's date and its own.
    private static readonly TimeSpan s_allowedSkew = TimeSpan.FromMinutes(15);

    /// <summary>Whether a failure is one of the store's, and not of the caller's cancellation.</summary>
    public static bool IsOne(Exception failure, CancellationToken cancellation) => failure switch
    {
        RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException => true,
        AggregateException several => several.InnerExceptions.Count > 0 && !cancellation.IsCancellationRequested,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        _ => false,
    };

    /// <summary>Explains a failure.</summary>
    /// <param name="location">Where the store is, without secrets.</param>
    /// <param name="failure">For which <see cref="IsOne"/>.</param>
    /// <param name="hasAnswered">Whether the store has ever answered.</param>
    public static SpatialClusterException Explain(string location, Exception failure, bool hasAnswered)
    {
        Exception last = failure is AggregateException several ? several.InnerExceptions[^1] : failure;
        return last switch
        {
            AuthenticationFailedException when hasAnswered => new SpatialClusterException(
                FailureKind.Transient, $"The identity for the store {location} cannot be renewed at the moment; see whether what gives it (managed identity, Entra) can be reached from here.", last),
            AuthenticationFailedException => new BadInputException(
                $"The store {location} needs credentials, and this machine has no Azure identity: put a connection string into ${StoreCredentials.ConnectionVariable} or into a file that --store-connection names, or sign in (az login, a managed identity, $AZURE_CLIENT_ID and its like)."),
            RequestFailedException { Status: > 0 } answered => Answered(location, answered),
            _ => Unanswered(location, last, hasAnswered),
        };
    }

    /// <summary>The socket's error behind a failure, where it has one.</summary>
    public static SocketError? SocketErrorOf(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is SocketException socket)
                return socket.SocketErrorCode;
        }

        return null;
    }

    /// <summary>Whether an answer says that the container, rather than a blob in it, is not there.</summary>
    public static bool IsNoContainer(RequestFailedException failure) =>
        failure.Status == 404 && (failure.ErrorCode == BlobErrorCode.ContainerNotFound || failure.ErrorCode == BlobErrorCode.ResourceNotFound);

    private static SpatialClusterException Answered(string location, RequestFailedException failure)
    {
        string code = failure.ErrorCode is { Length: > 0 } named ? $" ({named})" : $" (status {failure.Status})";
        return failure.Status switch
        {
            401 or 403 when IsClockSkew(failure) => new BadInputException(
                $"The store {location} refuses requests from this machine because its clock is wrong, and they are dated by it{code}; set the clock, best by NTP, and try again."),
            401 or 403 => new BadInputException(
                $"The store {location} may not be used with these credentials{code}; get the role Storage Blob Data Contributor for the identity, or a key or signature that is valid and may read, write, list, create and delete."),
            404 when IsNoContainer(failure) => new BadInputException(
                $"There is no artifact store at {location}: there is no such container{code}; name one that is there, or have it created by `campaign run`.", failure),
            409 when failure.ErrorCode == BlobErrorCode.ContainerBeingDeleted || failure.ErrorCode == BlobErrorCode.AccountBeingCreated => new SpatialClusterException(
                FailureKind.Transient, $"The container of the store {location} was just deleted, and its name is not free yet{code}; wait a minute, or name another.", failure),
            409 when failure.ErrorCode == BlobErrorCode.BlobImmutableDueToPolicy => new SpatialClusterException(
                FailureKind.Permanent, $"The store {location} has a policy that forbids to change or delete what is written{code}; use a container without one.", failure),
            429 or 503 => new SpatialClusterException(
                FailureKind.Transient, $"The store {location} is too busy and turns requests away{code}; try again later, with fewer silos, or with an account that may take more.", failure),
            400 when failure.ErrorCode == BlobErrorCode.Md5Mismatch => new SpatialClusterException(
                FailureKind.Transient, $"Content was damaged on its way to the store {location}, and was refused{code}; try again.", failure),
            400 when failure.ErrorCode == BlobErrorCode.InvalidHeaderValue => new SpatialClusterException(
                FailureKind.Permanent, $"The server of the store {location} does not know this version of the protocol{code}; use a newer one (azurite: with --skipApiVersionCheck).", failure),
            408 or >= 500 => new SpatialClusterException(FailureKind.Transient, $"The store {location} fails at the moment{code}; try again later.", failure),
            _ => new SpatialClusterException(FailureKind.Permanent, $"The store {location} refuses a request{code}; look the reason up in the account's log.", failure),
        };
    }

    private static SpatialClusterException Unanswered(string location, Exception failure, bool hasAnswered)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
                return new BadInputException($"The store {location} shows a certificate that this machine does not trust; put the certificate of its authority where the system looks for such (on Linux also $SSL_CERT_FILE), or correct the location.", failure);
        }

        return SocketErrorOf(failure) == SocketError.HostNotFound && !hasAnswered
            ? new BadInputException($"There is no storage account at {location}: nobody knows a host of that name; correct the location, or see whether the account is there.", failure)
            : new SpatialClusterException(
                FailureKind.Transient, $"The store {location} does not answer{(SocketErrorOf(failure) is { } error ? $" ({error})" : string.Empty)}; see whether it runs and can be reached from here, and try again.", failure);
    }

    private static bool IsClockSkew(RequestFailedException failure)
    {
        Response? response = failure.GetRawResponse();
        return (response?.Headers.Date is { } theirs && (DateTimeOffset.UtcNow - theirs).Duration() > s_allowedSkew)
            || failure.Message.Contains("date header too old", StringComparison.OrdinalIgnoreCase)
            || failure.Message.Contains("x-ms-date", StringComparison.OrdinalIgnoreCase) && failure.Message.Contains("too old", StringComparison.OrdinalIgnoreCase);
    }
}
