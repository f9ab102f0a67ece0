using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Benchmarks;

/// <summary>Grains whose work is next to nothing: each puts a kilobyte of its own. What they take is the machinery.</summary>
internal sealed class TrivialGrains : IGrainWork
{
    public const string KindName = "trivial";

    public const int Bytes = 1000;

    public string Kind => KindName;

    public IReadOnlyList<string> Codes { get; } = [GrainSpec.CodeOf(KindName, 1)];

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        byte[] bytes = new byte[Bytes];
        BitConverter.TryWriteBytes(bytes, (int)spec["number"]!);
        return new GrainProducts([context.Put("bytes", stream => stream.Write(bytes))], new JsonObject { ["number"] = (int)spec["number"]! });
    }

    /// <summary>A campaign of grains that need nothing of one another.</summary>
    /// <param name="first">The number of the first; grains of other numbers are others.</param>
    /// <param name="count">How many.</param>
    public static (CampaignPlan Plan, Dictionary<GrainKey, GrainSpec> Specs) Campaign(int first, int count)
    {
        Spec[] specs = [.. Enumerable.Range(first, count).Select(number => new Spec(number))];
        PlannedGrain[] grains =
        [
            .. specs.Select(spec => new PlannedGrain
            {
                Key = spec.Key,
                Inputs = [],
                Code = spec.Code,
                Lane = Lane.Cpu,
                Title = $"trivial {spec.Number}",
                ForecastBytes = Bytes,
                ForecastSeconds = 0,
            }),
        ];
        var plan = new CampaignPlan { Id = $"trivial-{first}", Name = "trivial", Grains = grains, Report = grains[^1].Key, Inputs = [] };
        return (plan, specs.ToDictionary(spec => spec.Key, spec => (GrainSpec)spec));
    }

    private sealed record Spec(int Number) : GrainSpec
    {
        public override string Kind => KindName;

        public override int Version => 1;

        public override IReadOnlyList<GrainKey> Inputs => [];

        protected override JsonObject Body() => new() { ["number"] = Number };
    }
}
