using System.Net;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Hosting;

/// <summary>A broker, and what it asks for. What it says of itself holds no credentials.</summary>
public sealed class BrokerAccess
{
    /// <summary>The variable that names the broker where no option does; it may hold user and password.</summary>
    public const string Variable = "SPATIALCLUSTER_BROKER";

    /// <summary>The variable that holds the user.</summary>
    public const string UserVariable = "SPATIALCLUSTER_BROKER_USER";

    /// <summary>The variable that holds the password.</summary>
    public const string PasswordVariable = "SPATIALCLUSTER_BROKER_PASSWORD";

    private const string Guest = "guest";

    private BrokerAccess(Uri address, string user, string password, string? authorityFile) =>
        (Address, User, Password, AuthorityFile) = (address, user, password, authorityFile);

    /// <summary>Where it is: <c>amqp://</c> or <c>amqps://</c>, host, port, virtual host; no credentials.</summary>
    public Uri Address { get; }

    /// <summary>The user.</summary>
    public string User { get; }

    /// <summary>The password.</summary>
    public string Password { get; }

    /// <summary>A PEM file with the authorities that may have signed the broker's certificate; null for those of the machine.</summary>
    public string? AuthorityFile { get; }

    /// <summary>Finds a broker and its credentials where they may be given.</summary>
    /// <param name="option">What the command line names; null where it names none.</param>
    /// <param name="credentialsFile">A file of two lines, user and password; null for none.</param>
    /// <param name="authorityFile">A PEM file of authorities; null for none.</param>
    /// <param name="variable">Reads environment variables.</param>
    /// <returns>The broker.</returns>
    /// <exception cref="BadInputException">There is none, it is no address, or credentials are missing or where they should not be.</exception>
    public static BrokerAccess Find(string? option, string? credentialsFile, string? authorityFile, Func<string, string?> variable)
    {
        string source = option is null ? Variable : "--broker";
        string text = option ?? (variable(Variable) is { Length: > 0 } named ? named : throw new BadInputException($"A silo needs a broker; name it with --broker amqp://host:5672/vhost, or in {Variable}."));
        // The text is not told: it may hold a password.
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("amqp" or "amqps") || url.Host.Length == 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new BadInputException($"{source} is no broker's address; it is amqp://host:port/vhost, or amqps:// for TLS.");
        if (option is not null && url.UserInfo.Length > 0)
            throw new BadInputException($"--broker holds credentials, which every user of this machine can see there; put them into {UserVariable} and {PasswordVariable}, or into a file (--broker-credentials).");
        if (authorityFile is not null && url.Scheme != "amqps")
            throw new BadInputException("--broker-ca is for TLS, and the broker's address is amqp://; make it amqps://.");
        if (authorityFile is not null && !File.Exists(authorityFile))
            throw new BadInputException($"There is no file {authorityFile}; --broker-ca names a PEM file of authorities.");
        (string user, string password) = Credentials(url, credentialsFile, variable);
        return new BrokerAccess(new UriBuilder(url) { UserName = "", Password = "" }.Uri, user, password, authorityFile);
    }

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();

    private static (string User, string Password) Credentials(Uri url, string? file, Func<string, string?> variable)
    {
        if (file is not null)
            return FromFile(file);
        string? user = variable(UserVariable);
        string? password = variable(PasswordVariable);
        if (!string.IsNullOrEmpty(user) && !string.IsNullOrEmpty(password))
            return (user, password);
        if (!string.IsNullOrEmpty(user) || !string.IsNullOrEmpty(password))
            throw new BadInputException($"Only one of {UserVariable} and {PasswordVariable} is set; set both.");
        if (url.UserInfo.Split(':', 2) is [{ Length: > 0 } name, { Length: > 0 } secret])
            return (Uri.UnescapeDataString(name), Uri.UnescapeDataString(secret));
        bool local = url.IsLoopback || (IPAddress.TryParse(url.Host, out IPAddress? address) && IPAddress.IsLoopback(address));
        return local
            ? (Guest, Guest)
            : throw new BadInputException($"The broker at {url.Host} wants a user and a password; put them into {UserVariable} and {PasswordVariable}, or into a file of two lines (--broker-credentials).");
    }

    private static (string User, string Password) FromFile(string file)
    {
        string[] lines;
        try
        {
            lines = [.. File.ReadLines(file).Take(2)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The credentials' file {file} cannot be read; name a file of two lines, user and password.", failure);
        }

        return lines is [{ Length: > 0 } user, { Length: > 0 } password]
            ? (user.Trim(), password.TrimEnd('\r'))
            : throw new BadInputException($"The credentials' file {file} has not two lines; its first line is the user, its second the password.");
    }
}
