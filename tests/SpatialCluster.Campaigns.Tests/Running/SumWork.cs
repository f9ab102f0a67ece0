using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>Work that is easily checked: a number, plus the numbers of the inputs.</summary>
public sealed class SumWork : IGrainWork
{
    private int _runs;

    public const string KindName = "sum";

    public string Kind => KindName;

    public IReadOnlyList<string> Codes { get; init; } = [SumPlan.Code];

    public int Runs => _runs;

    /// <summary>Called within the work; may block or throw.</summary>
    public Action<JsonObject, GrainContext> Within { get; set; } = (_, _) => { };

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        Interlocked.Increment(ref _runs);
        context.Stage("sum");
        Within(spec, context);
        if ((string?)spec["fails"] is { } kind)
            throw new SpatialClusterException(Enum.Parse<FailureKind>(kind), $"{spec["number"]} fails.");
        long sum = (long)spec["number"]!;
        foreach (JsonNode? input in spec["inputs"]!.AsArray())
            sum += (long)context.Input(new GrainKey(KindName, new ContentDigest((string)input!))).Values["sum"]!;
        GrainOutput output = context.Put("sum.txt", stream => stream.Write(BitConverter.GetBytes(sum)));
        return new GrainProducts([output], new JsonObject { ["sum"] = sum });
    }
}
