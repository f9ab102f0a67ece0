using System.Globalization;
using System.Net;
using Azure.Storage.Blobs;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>Where a store of blobs is: an account's endpoint, a container, and what the names of all its blobs begin with.</summary>
internal sealed class AzureBlobLocation
{
    /// <summary>The account of emulators, which is the same everywhere.</summary>
    public const string EmulatorAccount = "devstoreaccount1";

    private const string EmulatorScheme = "azurite";
    private const int LongestPrefix = 400;

    private AzureBlobLocation(string text, Uri endpoint, string account, string container, string prefix, string? signature)
    {
        Text = text;
        Endpoint = endpoint;
        Account = account;
        Container = container;
        Prefix = prefix;
        Signature = signature;
    }

    /// <summary>As a user would name it, without any secret.</summary>
    public string Text { get; }

    /// <summary>Of the account.</summary>
    public Uri Endpoint { get; }

    /// <summary>The account; empty where the endpoint's name does not tell it.</summary>
    public string Account { get; }

    public string Container { get; }

    /// <summary>Empty, or ends with '/'.</summary>
    public string Prefix { get; }

    /// <summary>A shared access signature, without its question mark; a secret.</summary>
    public string? Signature { get; }

    /// <summary>Where requests really go, where that is another place than <see cref="Endpoint"/> says: see <see cref="RedirectPolicy"/>.</summary>
    public DnsEndPoint? Address { get; private init; }

    /// <summary>Whether what is sent can be read on the way.</summary>
    public bool IsOpenToOthers => Endpoint.Scheme == Uri.UriSchemeHttp && Address is null && !Endpoint.IsLoopback;

    /// <summary>Whether a location is of this kind.</summary>
    public static bool IsOne(string location) => Scheme(location) is "http" or "https" or EmulatorScheme;

    /// <summary>Whether a URL carries what should not be seen: a signature, or a name with a password.</summary>
    public static bool HasSecret(string location) =>
        IsOne(location) && (location.Contains('?', StringComparison.Ordinal) || location.Contains('#', StringComparison.Ordinal) || location.Contains('@', StringComparison.Ordinal));

    /// <summary>Reads a location.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static AzureBlobLocation Parse(string location)
    {
        // Nothing behind '?' may come into a message, and nothing before '@'.
        string shown = location.Split('?', '#')[0];
        if (shown.Contains('@', StringComparison.Ordinal))
            throw new BadInputException("The store's URL has a user in it, and stores of blobs know none; put a connection string into $SPATIALCLUSTER_STORE_CONNECTION, or into a file that --store-connection names.");
        if (!Uri.TryCreate(location, UriKind.Absolute, out Uri? url) || url.Host.Length == 0 || url.Fragment.Length > 0)
            throw Wrong(shown, "it is no URL");
        return url.Scheme == EmulatorScheme ? Emulator(shown, url) : OfAccount(shown, url);
    }

    public override string ToString() => Text;

    // azurite://host:port/container/prefix
    private static AzureBlobLocation Emulator(string shown, Uri url)
    {
        if (url.Query.Length > 0)
            throw Wrong(shown, "an emulator needs no signature");
        int port = url.Port < 0 ? 10000 : url.Port;
        string[] parts = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string container = ContainerOf(shown, parts.FirstOrDefault()), prefix = PrefixOf(shown, parts.Skip(1));
        // The client takes the first part of a path for the account where the host is an address, or the port one that emulators
        // use, and for the container elsewhere.
        return new AzureBlobLocation(
            $"{EmulatorScheme}://{url.Host}:{port.ToString(CultureInfo.InvariantCulture)}/{container}{(prefix.Length > 0 ? "/" + prefix.TrimEnd('/') : string.Empty)}",
            new Uri($"http://127.0.0.1:10000/{EmulatorAccount}"), EmulatorAccount, container, prefix, signature: null) { Address = new DnsEndPoint(url.IdnHost, port) };
    }

    private static AzureBlobLocation OfAccount(string shown, Uri url)
    {
        var parts = new BlobUriBuilder(new UriBuilder(url) { Query = string.Empty }.Uri);
        string container = ContainerOf(shown, parts.BlobContainerName);
        string prefix = PrefixOf(shown, parts.BlobName.Split('/', StringSplitOptions.RemoveEmptyEntries));
        Uri endpoint = new BlobUriBuilder(parts.ToUri()) { BlobContainerName = string.Empty, BlobName = string.Empty }.ToUri();
        string? signature = url.Query.Length > 1 ? url.Query[1..] : null;
        if (signature is not null && !signature.Split('&').Any(p => p.StartsWith("sig=", StringComparison.Ordinal)))
            throw Wrong(shown, "behind its '?' there is no shared access signature");
        return new AzureBlobLocation(
            $"{endpoint.AbsoluteUri.TrimEnd('/')}/{container}{(prefix.Length > 0 ? "/" + prefix.TrimEnd('/') : string.Empty)}", endpoint, parts.AccountName ?? string.Empty, container, prefix, signature);
    }

    private static string ContainerOf(string shown, string? name) =>
        name is { Length: >= 3 and <= 63 } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal)
            ? name
            : throw Wrong(shown, string.IsNullOrEmpty(name) ? "it names no container" : "a container's name has 3 to 63 of a-z, 0-9 and single '-'");

    private static string PrefixOf(string shown, IEnumerable<string> parts)
    {
        string prefix = string.Concat(parts.Select(part => part + "/"));
        bool isGood = prefix.Length <= LongestPrefix && prefix.Split('/').SkipLast(1).All(part => part[0] != '.' && part[^1] != '.' && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));
        return isGood ? prefix : throw Wrong(shown, "behind the container there are parts of letters, digits, '-', '_' and '.', none beginning or ending with a point");
    }

    private static string Scheme(string location) =>
        location.IndexOf("://", StringComparison.Ordinal) is > 0 and int end ? location[..end].ToLowerInvariant() : string.Empty;

    private static BadInputException Wrong(string shown, string why) =>
        new($"'{shown}' names no store of blobs: {why}; write https://ACCOUNT.blob.core.windows.net/CONTAINER or, for the emulator, azurite://HOST:PORT/CONTAINER, each with /PREFIX behind it where several share a container.");
}
