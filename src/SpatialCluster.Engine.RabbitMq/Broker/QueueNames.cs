using System.Security.Cryptography;
using System.Text;
using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>Names of queues and exchanges. All begin with <c>spatialcluster.</c>, so that a user's rights may be bound to that.</summary>
public static class QueueNames
{
    /// <summary>Where messages end that are none of ours, or that were given out again and again without end.</summary>
    public const string Dead = Prefix + "dead";

    private const string Prefix = "spatialcluster.";

    // Together with prefix, lane and separators within the 255 bytes that the protocol allows.
    private const int LongestScope = 48;
    private const int LongestCampaign = 100;
    private const int LongestCode = 80;
    private const int Digits = 16;

    /// <summary>The queue of the grains of a campaign that one kind of device runs by one kind of code.</summary>
    /// <param name="scope">The store's identity.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="code">The code, such as <c>slice.1</c>.</param>
    /// <returns>At most 255 bytes; others for each other campaign, lane or code.</returns>
    public static string For(string scope, string campaign, Lane lane, string code) =>
        $"{Prefix}{Part(scope, LongestScope)}/{Part(campaign, LongestCampaign)}/{lane.ToString().ToLowerInvariant()}/{Part(code, LongestCode)}";

    /// <summary>The exchange of a store's events.</summary>
    /// <param name="scope">The store's identity.</param>
    /// <returns>Its name.</returns>
    public static string Events(string scope) => $"{Prefix}{Part(scope, LongestScope)}.events";

    /// <summary>A queue for one listener.</summary>
    /// <param name="scope">The store's identity.</param>
    /// <returns>Another each time.</returns>
    internal static string Listener(string scope) => $"{Prefix}{Part(scope, LongestScope)}.listener.{Guid.NewGuid():n}";

    // What is short and plain stays as it is. Else its beginning is kept to be read, and its digest to be unlike any other;
    // '~' stands in no plain part, so that the two cannot meet.
    private static string Part(string text, int longest)
    {
        if (text.Length > 0 && text.Length <= longest && text.All(IsPlain))
            return text;
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
        return $"{string.Concat(text.Take(longest - Digits - 1).Select(c => IsPlain(c) ? c : '-'))}~{digest}";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
