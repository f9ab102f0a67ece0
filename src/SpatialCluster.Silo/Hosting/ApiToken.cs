using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Hosting;

/// <summary>The secret that opens the HTTP interface.</summary>
public sealed class ApiToken
{
    /// <summary>The variable that holds it where no file does.</summary>
    public const string Variable = "SPATIALCLUSTER_API_TOKEN";

    private const int Shortest = 16;
    private const int Longest = 512;

    private readonly byte[] _digest;
    private readonly byte[] _sessionKey;

    private ApiToken(string token)
    {
        Secret = token;
        _digest = Digest(token);
        _sessionKey = HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "spatialcluster session"u8);
    }

    /// <summary>Takes a token from a file, else from the environment.</summary>
    /// <param name="file">A file whose first line it is; null where none was given.</param>
    /// <param name="variable">The value of <see cref="Variable"/>.</param>
    /// <returns>The token; null where there is none.</returns>
    /// <exception cref="BadInputException">The file cannot be read, or what is there is no token.</exception>
    public static ApiToken? Find(string? file, string? variable)
    {
        if (file is null)
            return string.IsNullOrEmpty(variable) ? null : Of(variable, $"The token in {Variable}");
        try
        {
            using var reader = new StreamReader(file);
            return Of(reader.ReadLine() ?? "", $"The token in {file}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The token's file {file} cannot be read; name a file whose first line is the token.", failure);
        }
    }

    /// <summary>Checks a token.</summary>
    /// <param name="text">The secret.</param>
    /// <param name="source">What it is, to begin a sentence with.</param>
    /// <returns>The token.</returns>
    /// <exception cref="BadInputException">It is too short, or does not fit into a header.</exception>
    public static ApiToken Of(string text, string source)
    {
        string token = text.Trim();
        return token.Length is >= Shortest and <= Longest && token.All(c => c is > ' ' and < (char)0x7f)
            ? new ApiToken(token)
            : throw new BadInputException($"{source} is not fit for one: it takes {Shortest} to {Longest} letters, digits and signs without spaces; 'openssl rand -hex 32' makes one.");
    }

    /// <summary>Whether somebody has the token. How long it takes does not tell how much of it is right.</summary>
    /// <param name="given">What was given.</param>
    /// <returns>Whether it is the token.</returns>
    public bool Matches(string given) => CryptographicOperations.FixedTimeEquals(Digest(given), _digest);

    /// <summary>A pass that stands for the token until it ends. Any silo with the same token takes it, and it does not tell the token.</summary>
    /// <param name="end">When it ends.</param>
    /// <returns>The pass.</returns>
    public string Pass(DateTimeOffset end)
    {
        string time = end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{time}.{Seal(time)}";
    }

    /// <summary>Whether a pass was made from this token and has not ended.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether.</returns>
    public bool Admits(string pass, DateTimeOffset now)
    {
        int dot = pass.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && CryptographicOperations.FixedTimeEquals(Digest(pass[(dot + 1)..]), Digest(Seal(pass[..dot])))
            && long.TryParse(pass.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long end)
            && now.ToUnixTimeSeconds() < end;
    }

    /// <summary>The secret itself, for what takes secrets out of logs.</summary>
    public string Secret { get; }

    /// <inheritdoc/>
    public override string ToString() => "***";

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private string Seal(string time) => Convert.ToHexStringLower(HMACSHA256.HashData(_sessionKey, Encoding.UTF8.GetBytes(time)));
}
