using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>Where a broker is and how it is spoken to. As text it shows no credentials.</summary>
public sealed class BrokerOptions
{
    /// <summary>The environment variable that names the broker where no option does; it may hold user and password.</summary>
    public const string Variable = "SPATIALCLUSTER_BROKER";

    private const int PlainPort = 5672;
    private const int TlsPort = 5671;
    private const string Form = "a broker is named amqp[s]://HOST[:PORT][/VHOST]";

    private BrokerOptions(string host, int port, string virtualHost, bool usesTls, BrokerCredentials credentials)
    {
        Host = host;
        Port = port;
        VirtualHost = virtualHost;
        UsesTls = usesTls;
        Credentials = credentials;
    }

    /// <summary>The machine, by name or address.</summary>
    public string Host { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The virtual host, such as <c>/</c>.</summary>
    public string VirtualHost { get; }

    /// <summary>Whether the connection is encrypted, and the broker must show a certificate of its name.</summary>
    public bool UsesTls { get; }

    /// <summary>A peer that is silent for about twice as long is taken for gone, by either side.</summary>
    public TimeSpan Heartbeat { get; private init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is not answered in so long fails.</summary>
    public TimeSpan Patience { get; private init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where it is, without credentials.</summary>
    public string Location => $"{(UsesTls ? "amqps" : "amqp")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}{(VirtualHost == "/" ? "" : "/" + Uri.EscapeDataString(VirtualHost))}";

    /// <summary>Who speaks to it.</summary>
    internal BrokerCredentials Credentials { get; }

    /// <summary>Who may sign its certificate; null for those that the system trusts.</summary>
    internal X509Certificate2Collection? Authorities { get; private init; }

    /// <summary>What is shown to a broker that asks for a certificate.</summary>
    internal X509Certificate2? ClientCertificate { get; private init; }

    /// <summary>The user.</summary>
    public string User => Credentials.User;

    /// <summary>What must never be shown of it.</summary>
    public string? Secret => Credentials.Password == Credentials.User ? null : Credentials.Password;

    /// <summary>Finds a broker and who speaks to it where they may be given.</summary>
    /// <param name="option">What the command line names; null where it names none.</param>
    /// <param name="credentialsFile">A file of two lines, user and password; null for none.</param>
    /// <param name="caFile">As for <see cref="Parse"/>.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <returns>The options.</returns>
    /// <exception cref="BadInputException">There is none, it is no address, or credentials are missing or where they should not be.</exception>
    public static BrokerOptions Find(string? option, string? credentialsFile, string? caFile, Func<string, string?> environment)
    {
        string url = option ?? (environment(Variable) is { Length: > 0 } named ? named : throw new BadInputException($"No broker is named; name it with --broker amqp://HOST:PORT/VHOST, or in {Variable}."));
        return Parse(url, BrokerCredentials.Find(credentialsFile, environment), caFile, fromCommandLine: option is not null);
    }

    /// <summary>Reads where a broker is.</summary>
    /// <param name="url">Such as <c>amqps://broker.example:5671/vhost</c>.</param>
    /// <param name="credentials">User and password; null where the URL has them, or for <c>guest</c> on this machine.</param>
    /// <param name="caFile">Certificates (PEM) of who may sign the broker's; null for those that the system trusts.</param>
    /// <param name="fromCommandLine">Whether everybody on this machine can read the URL: it may hold no password then.</param>
    /// <returns>The options.</returns>
    /// <exception cref="BadInputException">It is not of that form, has a password where everybody sees it, or lacks one.</exception>
    public static BrokerOptions Parse(string url, BrokerCredentials? credentials, string? caFile, bool fromCommandLine)
    {
        // No message quotes the URL before it is known to hold no password.
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri))
            throw new BadInputException($"The broker's URL is none; {Form}.");
        if (uri.Scheme is not ("amqp" or "amqps"))
            throw new BadInputException($"A broker is not spoken to by '{uri.Scheme}'; {Form}.");
        bool usesTls = uri.Scheme == "amqps";
        if (uri.UserInfo.Length > 0)
        {
            if (fromCommandLine)
                throw new BadInputException($"The broker's URL holds a user or password, which everybody on this machine could read from the command line; take it out, and set {BrokerCredentials.UserVariable} and {BrokerCredentials.PasswordVariable} or use --broker-credentials FILE.");
            credentials ??= FromUserInfo(uri.UserInfo);
        }

        string shown = $"{uri.Scheme}://{uri.Authority[(uri.Authority.LastIndexOf('@') + 1)..]}{uri.AbsolutePath}";
        if (uri.Host.Length == 0)
            throw new BadInputException($"{shown} names no host; {Form}.");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.AbsolutePath.Count(c => c == '/') > 1)
            throw new BadInputException($"{shown} is followed by more than a virtual host; {Form}, and a '/' within VHOST is written %2F.");
        string path = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (caFile is not null && !usesTls)
            throw new BadInputException($"{shown} is spoken to in the clear, and a CA file is of no use for that; write amqps://… (port {TlsPort} as a rule).");
        string host = uri.HostNameType == UriHostNameType.IPv6 ? uri.DnsSafeHost : uri.IdnHost;
        if (credentials is null)
        {
            if (!IsThisMachine(host))
                throw new BadInputException($"Nothing says who speaks to the broker {shown}; set {BrokerCredentials.UserVariable} and {BrokerCredentials.PasswordVariable}, or use --broker-credentials FILE. (Without them it is guest, who may come from the same machine only.)");
            credentials = new BrokerCredentials("guest", "guest");
        }

        return new BrokerOptions(host, uri.Port > 0 ? uri.Port : usesTls ? TlsPort : PlainPort, path.Length == 0 ? "/" : path, usesTls, credentials)
        {
            Authorities = caFile is null ? null : ReadAuthorities(caFile),
        };
    }

    /// <summary>The same, but a broker that asks for a certificate is shown one.</summary>
    /// <param name="certificateFile">The certificate (PEM).</param>
    /// <param name="keyFile">Its private key (PEM).</param>
    /// <returns>The options.</returns>
    /// <exception cref="BadInputException">They cannot be read, or do not belong together.</exception>
    public BrokerOptions WithClientCertificate(string certificateFile, string keyFile)
    {
        try
        {
            return Copy(Heartbeat, X509Certificate2.CreateFromPemFile(certificateFile, keyFile));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new BadInputException($"The certificate {certificateFile} for the broker and its key {keyFile} cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>The same with another heartbeat.</summary>
    /// <param name="heartbeat">Whole seconds, one at least.</param>
    /// <returns>The options.</returns>
    public BrokerOptions WithHeartbeat(TimeSpan heartbeat) => Copy(heartbeat, ClientCertificate);

    /// <summary>Where the broker is.</summary>
    /// <returns><see cref="Location"/>, without credentials.</returns>
    public override string ToString() => Location;

    private BrokerOptions Copy(TimeSpan heartbeat, X509Certificate2? clientCertificate) => new(Host, Port, VirtualHost, UsesTls, Credentials)
    {
        Heartbeat = heartbeat,
        Patience = Patience,
        Authorities = Authorities,
        ClientCertificate = clientCertificate,
    };

    private static BrokerCredentials FromUserInfo(string userInfo)
    {
        string[] parts = userInfo.Split(':', 2);
        return parts.Length == 2 && parts[0].Length > 0
            ? new BrokerCredentials(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]))
            : throw new BadInputException("The broker's URL holds a user without a password; write both as USER:PASSWORD@, or take them out.");
    }

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new BadInputException($"The CA file {file} for the broker cannot be read: {failure.Message}", failure);
        }

        return found.Count > 0 ? found : throw new BadInputException($"The CA file {file} for the broker holds no certificate; it has some in PEM form (-----BEGIN CERTIFICATE-----).");
    }
}
