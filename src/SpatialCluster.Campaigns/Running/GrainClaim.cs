using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Running;

/// <summary>Who works on a grain, as <c>claim.json</c> says it.</summary>
/// <param name="Attempt">From 1; whoever takes a grain over raises it, and the older attempt can publish nothing any more.</param>
/// <param name="Owner">Who.</param>
/// <param name="Renewed">When the owner last said that it lives.</param>
public sealed record GrainClaim(int Attempt, ClaimOwner Owner, DateTimeOffset Renewed)
{
    /// <summary>A claim that was not renewed for so long is anybody's.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two renewals.</summary>
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether nobody works under the claim any more.</summary>
    /// <param name="now">The time.</param>
    /// <returns>True where the owner released it, is known to be dead, or was silent for longer than the lease (or its clock is off by more).</returns>
    public bool IsFree(DateTimeOffset now) => Owner.Id.Length == 0 || Owner.IsDead || (now - Renewed).Duration() > Lease;

    /// <summary>The claim as canonical JSON.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson() => CanonicalJson.Bytes(new JsonObject
    {
        ["version"] = 1,
        ["attempt"] = Attempt,
        ["owner"] = Owner.Id,
        ["place"] = Owner.Place,
        ["process"] = Owner.Process,
        ["started"] = Owner.Started,
        ["renewed"] = Renewed.ToUnixTimeMilliseconds(),
    });

    /// <summary>Reads a claim.</summary>
    /// <param name="utf8">As <see cref="ToJson"/> wrote it.</param>
    /// <param name="source">Where it lies, for messages.</param>
    /// <returns>The claim.</returns>
    /// <exception cref="SpatialClusterException">Permanent: it is damaged.</exception>
    public static GrainClaim Parse(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            JsonNode json = JsonNode.Parse(utf8)!;
            var owner = new ClaimOwner((string)json["owner"]!, (string)json["place"]!, (int)json["process"]!, (string)json["started"]!);
            return new GrainClaim((int)json["attempt"]!, owner, DateTimeOffset.FromUnixTimeMilliseconds((long)json["renewed"]!));
        }
        catch (Exception damage) when (damage is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new SpatialClusterException(FailureKind.Permanent, $"{source} is damaged ({damage.Message}); delete it.", damage);
        }
    }
}
