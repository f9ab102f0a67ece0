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
    private const int Version = 2;

    /// <summary>The ticket of the message that brought the grain to the owner; empty where no broker did.</summary>
    public string Ticket { get; init; } = "";

    /// <summary>How many attempts in a row, up to this, ended neither with a word nor with a checkpoint.</summary>
    public int Crashes { get; init; }

    /// <summary>The first attempt of those; of no meaning where there are none.</summary>
    public int CrashesSince { get; init; }

    /// <summary>Whether the attempt left a checkpoint: its end, however it comes, is no crash.</summary>
    public bool Progressed { get; init; }

    /// <summary>How many attempts failed for reasons that may pass.</summary>
    public int Failures { get; init; }

    /// <summary>A claim that was not renewed for so long is anybody's.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two renewals.</summary>
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether the owner gave the grain back.</summary>
    public bool IsReleased => Owner.Id.Length == 0;

    /// <summary>Whether it looks as if nobody worked under the claim any more, for people; who wants to take it asks <see cref="GrainRecords.IsFree"/>.</summary>
    /// <param name="now">The time.</param>
    /// <returns>True where the owner released it, is known to be dead, or was silent for longer than the lease (or its clock is off by more).</returns>
    public bool IsFree(DateTimeOffset now) => IsReleased || Owner.IsDead || (now - Renewed).Duration() > Lease;

    /// <summary>The claim of the attempt after another.</summary>
    /// <param name="held">The other's; null where there was none.</param>
    /// <param name="silently">Whether the other ended without a word.</param>
    /// <param name="owner">Who claims.</param>
    /// <param name="ticket">The ticket of the message that brought the grain.</param>
    /// <param name="now">The time.</param>
    /// <returns>The claim.</returns>
    internal static GrainClaim After(GrainClaim? held, bool silently, ClaimOwner owner, string ticket, DateTimeOffset now)
    {
        var claim = new GrainClaim((held?.Attempt ?? 0) + 1, owner, now) { Ticket = ticket };
        if (held is null)
            return claim;
        bool crashed = silently && !held.Progressed;
        return claim with
        {
            Failures = held.Failures,
            Crashes = silently && held.Progressed ? 0 : held.Crashes + (crashed ? 1 : 0),
            CrashesSince = crashed && held.Crashes == 0 ? held.Attempt : held.CrashesSince,
        };
    }

    /// <summary>The claim, given back.</summary>
    /// <returns>Anybody's; numbers stay.</returns>
    public GrainClaim Released() => this with { Owner = new ClaimOwner("", "", 0, ""), Ticket = "" };

    /// <summary>The claim as canonical JSON.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson() => CanonicalJson.Bytes(new JsonObject
    {
        ["version"] = Version,
        ["attempt"] = Attempt,
        ["crashes"] = Crashes,
        ["crashes-since"] = CrashesSince,
        ["progressed"] = Progressed,
        ["failures"] = Failures,
        ["ticket"] = Ticket,
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
            int version = (int)json["version"]!;
            if (version > Version)
                throw new NewerRecordException(source, version, Version);
            var owner = new ClaimOwner((string)json["owner"]!, (string)json["place"]!, (int)json["process"]!, (string)json["started"]!);
            return new GrainClaim((int)json["attempt"]!, owner, DateTimeOffset.FromUnixTimeMilliseconds((long)json["renewed"]!))
            {
                Ticket = (string?)json["ticket"] ?? "",
                Crashes = (int?)json["crashes"] ?? 0,
                CrashesSince = (int?)json["crashes-since"] ?? 0,
                Progressed = (bool?)json["progressed"] ?? false,
                Failures = (int?)json["failures"] ?? 0,
            };
        }
        catch (Exception damage) when (damage is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new SpatialClusterException(FailureKind.Permanent, $"{source} is damaged ({damage.Message}); delete it.", damage);
        }
    }
}
