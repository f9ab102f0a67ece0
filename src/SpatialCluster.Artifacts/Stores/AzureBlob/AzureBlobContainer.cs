using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>The container of a store with whatever opens it; failures of its calls come out as what people are told.</summary>
internal sealed class AzureBlobContainer : IDisposable
{
    // Published by Microsoft, and the same in every emulator.
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly PatientRetryPolicy _retries;
    private readonly HttpClient? _http;

    public AzureBlobContainer(AzureBlobLocation location, StoreCredentials credentials, AzureBlobOptions options)
    {
        Where = location;
        Options = options;
        _retries = new PatientRetryPolicy(options);
        var client = new BlobClientOptions { RetryPolicy = _retries };
        client.Retry.NetworkTimeout = options.TryTimeout;
        client.Diagnostics.IsLoggingEnabled = false;
        client.Diagnostics.ApplicationId = "spatialcluster";
        if (options.Transport is null)
            _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = Timeout.InfiniteTimeSpan };
        client.Transport = options.Transport ?? new HttpClientTransport(_http!);
        if (location.Address is { } address)
            client.AddPolicy(new RedirectPolicy(address), HttpPipelinePosition.PerRetry);
        Client = Open(location, credentials, client).GetBlobContainerClient(location.Container);
    }

    public AzureBlobLocation Where { get; }

    public AzureBlobOptions Options { get; }

    public BlobContainerClient Client { get; }

    /// <summary>The blob of a name in the store.</summary>
    public BlockBlobClient Blob(string name) => Client.GetBlockBlobClient(Where.Prefix + name);

    /// <summary>Calls the store.</summary>
    /// <exception cref="SpatialClusterException">It failed.</exception>
    public async Task<T> AttemptAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception failure) when (AzureBlobErrors.IsOne(failure, cancellation))
        {
            throw Explain(failure);
        }
    }

    /// <summary>What is known of a blob; null where there is none.</summary>
    public Task<BlobProperties?> PropertiesAsync(string name, CancellationToken cancellation) =>
        AttemptAsync<BlobProperties?>(
            async () =>
            {
                try
                {
                    return await Blob(name).GetPropertiesAsync(cancellationToken: cancellation).ConfigureAwait(false);
                }
                catch (RequestFailedException failure) when (failure.Status == 404 && !AzureBlobErrors.IsNoContainer(failure))
                {
                    return null;
                }
            },
            cancellation);

    public SpatialClusterException Explain(Exception failure) => AzureBlobErrors.Explain(Where.Text, failure, _retries.HasAnswered);

    public void Dispose() => _http?.Dispose();

    private static BlobServiceClient Open(AzureBlobLocation location, StoreCredentials credentials, BlobClientOptions options)
    {
        if (location.Signature is { } signature)
        {
            return location.IsOpenToOthers
                ? throw new BadInputException($"The signature for the store {location} would be sent unencrypted; write https://.")
                : new BlobServiceClient(location.Endpoint, new AzureSasCredential(signature), options);
        }

        if (credentials.Connection is { } connection)
            return Connected(location, connection, credentials.Source, options);
        if (location.Account == AzureBlobLocation.EmulatorAccount)
            return new BlobServiceClient(location.Endpoint, new StorageSharedKeyCredential(AzureBlobLocation.EmulatorAccount, EmulatorKey), options);
        return location.Endpoint.Scheme == Uri.UriSchemeHttps
            ? new BlobServiceClient(location.Endpoint, new DefaultAzureCredential(), options)
            : throw new BadInputException($"The store {location} would be sent an Azure identity unencrypted; write https://, or give a connection string.");
    }

    // The client looks after what is in the string; where the store is, the location says.
    private static BlobServiceClient Connected(AzureBlobLocation location, string connection, string source, BlobClientOptions options)
    {
        BlobServiceClient service;
        try
        {
            service = new BlobServiceClient(connection, options);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or UriFormatException)
        {
            // What is wrong with it is not told: the message might quote it.
            throw new BadInputException($"What {source} holds is no connection string of a storage account; copy one from the Azure portal (Access keys), such as DefaultEndpointsProtocol=https;AccountName=…;AccountKey=….");
        }

        Uri theirs = new UriBuilder(service.Uri) { Query = string.Empty }.Uri;
        DnsEndPoint ours = location.Address ?? new DnsEndPoint(location.Endpoint.IdnHost, location.Endpoint.Port);
        bool isSame = string.Equals(theirs.IdnHost, ours.Host, StringComparison.OrdinalIgnoreCase) && theirs.Port == ours.Port
            && theirs.AbsolutePath.Trim('/') == location.Endpoint.AbsolutePath.Trim('/');
        if (!isSame)
            throw new BadInputException($"The connection string from {source} is for {theirs.Scheme}://{theirs.Authority}{theirs.AbsolutePath.TrimEnd('/')}, and the store is at {location}; give that of the store's account.");
        return service;
    }
}
