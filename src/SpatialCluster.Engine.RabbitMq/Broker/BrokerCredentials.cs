using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>A user of a broker, and the password. As text it shows neither.</summary>
/// <param name="user">The user.</param>
/// <param name="password">The password.</param>
public sealed class BrokerCredentials(string user, string password)
{
    /// <summary>Where the user is looked for in the environment.</summary>
    public const string UserVariable = "SPATIALCLUSTER_BROKER_USER";

    /// <summary>Where the password is looked for in the environment.</summary>
    public const string PasswordVariable = "SPATIALCLUSTER_BROKER_PASSWORD";

    private const int MostBytes = 4096;

    /// <summary>The user.</summary>
    public string User { get; } = user;

    /// <summary>The password.</summary>
    internal string Password { get; } = password;

    /// <summary>Finds the credentials: in a file, else in the environment.</summary>
    /// <param name="file">A file of two lines, user and password; null where there is none.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <returns>The credentials; null where there are none.</returns>
    /// <exception cref="BadInputException">The file cannot be read or has not two lines, or only one of the two variables is set.</exception>
    public static BrokerCredentials? Find(string? file, Func<string, string?> environment)
    {
        if (file is not null)
            return FromFile(file);
        string? user = environment(UserVariable), password = environment(PasswordVariable);
        if (string.IsNullOrEmpty(user) && string.IsNullOrEmpty(password))
            return null;
        if (string.IsNullOrEmpty(user) || password is null)
            throw new BadInputException($"Only one of {UserVariable} and {PasswordVariable} is set; set both, or neither.");
        return new BrokerCredentials(user, password);
    }

    /// <summary>Nothing of what it holds.</summary>
    /// <returns>The same for all.</returns>
    public override string ToString() => "credentials (not shown)";

    private static BrokerCredentials FromFile(string file)
    {
        string[] lines;
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MostBytes })
                throw new BadInputException($"The broker's credentials {file} have more than {MostBytes} bytes; the file has two lines, user and password.");
            lines = File.ReadAllLines(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"The broker's credentials {file} cannot be read: {failure.Message}", failure);
        }

        if (lines.Length < 2 || lines[0].Length == 0 || lines.Skip(2).Any(l => l.Length > 0))
            throw new BadInputException($"The broker's credentials {file} are not of the form: two lines, the user and the password.");
        return new BrokerCredentials(lines[0], lines[1]);
    }
}
