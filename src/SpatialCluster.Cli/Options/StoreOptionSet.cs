using System.CommandLine;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Options;

/// <summary>Where results are kept.</summary>
internal sealed class StoreOptionSet : OptionSet
{
    /// <summary>The environment variable that names the store.</summary>
    public const string Variable = "SPATIALCLUSTER_STORE";

    private const string DefaultFolder = "spatialcluster-store";

    private readonly Option<string?> _store;
    private readonly Option<string?> _connection;

    public StoreOptionSet()
        : base("Store")
    {
        _store = One<string?>("--store", "DIR|URL", $"Where results are kept: a folder, https://ACCOUNT.blob.core.windows.net/CONTAINER, or azurite://HOST:PORT/CONTAINER; made where it is missing (default ${Variable}, else ./{DefaultFolder}).");
        _connection = One<string?>("--store-connection", "FILE", $"A file with the connection string of the store's Azure account (default ${StoreCredentials.ConnectionVariable}, else this machine's Azure identity).");
    }

    /// <summary>The store that is meant.</summary>
    /// <exception cref="BadInputException">It was named with a secret, where others can read that.</exception>
    public string Location(ParseResult result)
    {
        if (result.GetValue(_store) is not { } location)
            return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : DefaultFolder;
        return ArtifactStores.HasSecret(location)
            ? throw new BadInputException($"The URL after --store holds a signature or a password, which everybody on this machine could read; put the whole URL into ${Variable}, or name a file with a connection string by --store-connection.")
            : location;
    }

    /// <summary>What opens it, where it is one of blobs.</summary>
    public StoreCredentials Credentials(ParseResult result) =>
        result.GetValue(_connection) is { } file ? StoreCredentials.FromFile(file) : StoreCredentials.FromEnvironment();

    /// <summary>Opens it.</summary>
    /// <param name="result">What was written.</param>
    /// <param name="create">Whether to make it where there is none.</param>
    public StoreSession Open(ParseResult result, bool create) => StoreSession.Open(Location(result), create, Credentials(result));

    /// <summary>Opens it where there is one.</summary>
    /// <param name="result">What was written.</param>
    /// <returns>The store; null where there is none.</returns>
    public StoreSession? OpenExisting(ParseResult result) => StoreSession.OpenExisting(Location(result), Credentials(result));
}
