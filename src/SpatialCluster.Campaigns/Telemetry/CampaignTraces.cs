using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace SpatialCluster.Campaigns.Telemetry;

/// <summary>One trace per campaign, whichever silos work on it: its id follows from the campaign's, so that nobody has to be asked.</summary>
public static class CampaignTraces
{
    /// <summary>What the spans of a campaign hang from.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <returns>A context that is the same in every process.</returns>
    public static ActivityContext ContextOf(string campaign)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"campaign {campaign}"));
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(digest.AsSpan(0, 16)), ActivitySpanId.CreateFromBytes(digest.AsSpan(16, 8)), ActivityTraceFlags.Recorded, isRemote: true);
    }
}
