using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores;

/// <summary>What opens a store of blobs, beside its location. It comes from a file or the environment, and is never shown.</summary>
public sealed class StoreCredentials
{
    /// <summary>The environment variable that holds a connection string.</summary>
    public const string ConnectionVariable = "SPATIALCLUSTER_STORE_CONNECTION";

    private static readonly string[] s_secret = ["AccountKey", "SharedAccessSignature"];

    private StoreCredentials(string? connection, string source) => (Connection, Source) = (connection, source);

    /// <summary>No connection string: the machine's Azure identity, or a signature in the location.</summary>
    public static StoreCredentials None { get; } = new(null, "nowhere");

    /// <summary>Where they come from, for messages.</summary>
    public string Source { get; }

    /// <summary>What must never be shown of them: the key, the signature.</summary>
    public IEnumerable<string> Secrets => (Connection ?? "").Split(';')
        .Select(part => part.Split('=', 2))
        .Where(part => part.Length == 2 && s_secret.Contains(part[0].Trim(), StringComparer.OrdinalIgnoreCase))
        .Select(part => part[1].Trim());

    /// <summary>The connection string of a storage account; a secret.</summary>
    internal string? Connection { get; }

    /// <summary>Takes what the environment says.</summary>
    /// <returns>The credentials; <see cref="None"/> where it says nothing.</returns>
    public static StoreCredentials FromEnvironment() =>
        Environment.GetEnvironmentVariable(ConnectionVariable) is { } value && !string.IsNullOrWhiteSpace(value) ? FromConnection(value, $"${ConnectionVariable}") : None;

    /// <summary>Reads a connection string from a file.</summary>
    /// <param name="path">A file with the connection string and nothing else.</param>
    /// <returns>The credentials.</returns>
    /// <exception cref="BadInputException">It cannot be read, or is empty.</exception>
    public static StoreCredentials FromFile(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The store's connection string cannot be read from {path}; name a file that is there and may be read.");
        }

        return string.IsNullOrWhiteSpace(text)
            ? throw new BadInputException($"{path} is empty; it should hold the store's connection string.")
            : FromConnection(text, path);
    }

    /// <summary>Takes a connection string.</summary>
    /// <param name="connection">As the Azure portal shows it: <c>AccountName=…;AccountKey=…</c> or <c>BlobEndpoint=…;SharedAccessSignature=…</c>.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <returns>The credentials.</returns>
    public static StoreCredentials FromConnection(string connection, string source) => new(connection.Trim(), source);

    /// <summary>Says where they come from, and nothing of what they are.</summary>
    /// <returns>Such as <c>credentials from /run/secrets/store</c>.</returns>
    public override string ToString() => Connection is null ? "no credentials" : $"credentials from {Source}";
}
