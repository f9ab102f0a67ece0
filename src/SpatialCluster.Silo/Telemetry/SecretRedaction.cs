using System.Text.RegularExpressions;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>
/// Takes credentials out of text that leaves the process. Nothing is meant to put any in; this is the last net, for texts that come from
/// libraries and servers.
/// </summary>
/// <param name="secrets">Secrets that are known, such as the token of the HTTP interface.</param>
public sealed partial class SecretRedaction(IEnumerable<string?> secrets)
{
    private const string Hidden = "***";

    // Anything shorter would take words out of every text.
    private const int Shortest = 4;

    private readonly string[] _secrets = [.. secrets.OfType<string>().Where(s => s.Length >= Shortest).Distinct().OrderByDescending(s => s.Length)];

    /// <summary>Knows no secret by name, only what they look like.</summary>
    public static SecretRedaction ByShape { get; } = new([]);

    /// <summary>The text without credentials.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The same text where there is none in it.</returns>
    public string Clean(string text)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
            text = text.Replace(Uri.EscapeDataString(secret), Hidden, StringComparison.Ordinal);
        }

        text = UserInfo().Replace(text, $"://{Hidden}@");
        return NamedSecret().Replace(text, $"${{name}}{Hidden}");
    }

    [GeneratedRegex("://[^/@\\s\"']+@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();

    [GeneratedRegex("(?<name>(?:AccountKey|SharedAccessSignature|SharedAccessKey|[?&]sig|Bearer)[= ])[^;&\\s\"']+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedSecret();
}
