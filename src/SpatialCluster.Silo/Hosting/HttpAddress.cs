using System.Globalization;
using System.Net;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Where a process listens for HTTP.</summary>
/// <param name="Address">An address of this machine; null for all of them.</param>
/// <param name="Port">The port; 0 for any that is free.</param>
public sealed record HttpAddress(IPAddress? Address, int Port)
{
    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => Address is not null && IPAddress.IsLoopback(Address);

    /// <summary>Reads addresses.</summary>
    /// <param name="text">Such as <c>127.0.0.1:8787</c>, <c>[::1]:0</c>, <c>*:8787</c>, or several between commas; <c>none</c> for none.</param>
    /// <param name="source">The option that holds it.</param>
    /// <returns>The addresses.</returns>
    /// <exception cref="BadInputException">One is none.</exception>
    public static IReadOnlyList<HttpAddress> ParseAll(string text, string source) =>
        text == "none" ? [] : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => Parse(part, source)).Distinct()];

    /// <inheritdoc/>
    public override string ToString() => Address is null ? $"*:{Port}" : new IPEndPoint(Address, Port).ToString();

    private static HttpAddress Parse(string text, string source)
    {
        int colon = text.LastIndexOf(':');
        if (colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= 65535)
        {
            string host = text[..colon];
            if (host == "*")
                return new HttpAddress(null, port);
            if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
                return new HttpAddress(IPAddress.Loopback, port);
            bool bracketed = host.StartsWith('[') && host.EndsWith(']');
            if (bracketed == host.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(bracketed ? host[1..^1] : host, out IPAddress? address))
                return new HttpAddress(address, port);
        }

        throw new BadInputException(
            $"{source} is '{text}'; it must be an address of this machine with a port, such as 127.0.0.1:8787, [::1]:8787, localhost:0 (any free port) or *:8787 (all addresses), or 'none'.");
    }
}
