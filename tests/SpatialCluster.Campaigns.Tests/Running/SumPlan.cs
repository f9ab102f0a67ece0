using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>A plan of sums: each grain by its number, its inputs by theirs.</summary>
public sealed class SumPlan
{
    private readonly Dictionary<int, PlannedGrain> _byNumber = [];
    private readonly Dictionary<GrainKey, JsonObject> _specs = [];

    public const string Code = "sum.1";

    /// <summary>The grains, in the order in which they were added.</summary>
    public List<PlannedGrain> Grains { get; } = [];

    public PlannedGrain this[int number] => _byNumber[number];

    public SumPlan Add(int number, int[] inputs, string? fails = null, long bytes = 1, Lane lane = Lane.Cpu, string code = Code)
    {
        GrainKey[] keys = [.. inputs.Select(i => _byNumber[i].Key)];
        var spec = new JsonObject { ["number"] = number, ["inputs"] = new JsonArray([.. keys.Select(k => (JsonNode)k.Digest.Hex)]) };
        if (fails is not null)
            spec["fails"] = fails;
        var key = new GrainKey(SumWork.KindName, CanonicalJson.Digest(spec));
        _specs[key] = spec;
        var grain = new PlannedGrain { Key = key, Inputs = keys, Code = code, Lane = lane, Title = $"sum {number}", ForecastBytes = bytes, ForecastSeconds = 1 };
        _byNumber[number] = grain;
        Grains.Add(grain);
        return this;
    }

    public CampaignPlan Plan() => new() { Id = "sums-0", Name = "sums", Grains = Grains, Report = Grains[^1].Key, Inputs = [] };

    /// <summary>Writes the specs.</summary>
    public async Task<SumPlan> StoreAsync(ContentStore content)
    {
        var records = new GrainRecords(content);
        foreach ((GrainKey key, JsonObject spec) in _specs)
            await records.PutAsync(StoreLayout.Spec(key), CanonicalJson.Bytes(spec));
        return this;
    }
}
