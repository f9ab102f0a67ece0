using System.Net;
using System.Net.Sockets;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Counts wrong tokens by where they came from, and shuts out for a while who guesses.</summary>
/// <param name="clock">The time.</param>
internal sealed class FailedTokens(TimeProvider clock)
{
    /// <summary>Wrong tokens within <see cref="Window"/> after which no more are looked at.</summary>
    public const int Most = 10;

    // Whoever has more addresses than this to guess from meets strangers' counts; memory stays bounded.
    private const int MostSources = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset Since)> _sources = new(StringComparer.Ordinal);

    /// <summary>For how long wrong tokens are remembered.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether tokens from there are looked at.</summary>
    public bool IsShutOut(IPAddress? source)
    {
        lock (_lock)
            return _sources.TryGetValue(Key(source), out (int Count, DateTimeOffset Since) seen) && seen.Count >= Most && clock.GetUtcNow() - seen.Since < Window;
    }

    /// <summary>A wrong token came from there.</summary>
    public void Add(IPAddress? source)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string key = Key(source);
        lock (_lock)
        {
            if (_sources.Count >= MostSources)
            {
                foreach (string old in _sources.Where(s => now - s.Value.Since >= Window).Select(s => s.Key).ToArray())
                    _sources.Remove(old);
            }

            if (!_sources.ContainsKey(key) && _sources.Count >= MostSources)
                key = "";
            (int count, DateTimeOffset since) = _sources.GetValueOrDefault(key, (0, now));
            _sources[key] = now - since >= Window ? (1, now) : (count + 1, since);
        }
    }

    // One household has a whole /64 of IPv6 to choose from.
    private static string Key(IPAddress? source)
    {
        if (source is { IsIPv4MappedToIPv6: true })
            source = source.MapToIPv4();
        return source switch
        {
            null => "",
            { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(source.GetAddressBytes().AsSpan(0, 8)),
            _ => source.ToString(),
        };
    }
}
