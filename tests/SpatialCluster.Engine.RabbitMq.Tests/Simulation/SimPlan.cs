using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A campaign of simulated grains.</summary>
internal sealed class SimPlan(string id)
{
    private readonly List<PlannedGrain> _grains = [];

    public string Id => id;

    public Dictionary<GrainKey, SimSpec> Specs { get; } = [];

    public IReadOnlyList<PlannedGrain> Grains => _grains;

    public CampaignPlan Plan => new() { Id = id, Name = id, Grains = _grains, Report = _grains[^1].Key, Inputs = [] };

    public PlannedGrain this[string title] => _grains.First(g => g.Title == title);

    /// <summary>Adds a grain behind others.</summary>
    public PlannedGrain Add(SimSpec spec, params PlannedGrain[] inputs) => Add(SimWork.KindName, spec, inputs);

    /// <summary>Adds the last grain, behind all that nothing needs.</summary>
    public SimPlan Report(string code = SimWork.FirstCode)
    {
        HashSet<GrainKey> needed = [.. _grains.SelectMany(g => g.Inputs)];
        Add(SimWork.ReportName, new SimSpec { Title = id + "/report", Code = code, Epochs = 1, EpochSeconds = 0.1, Checkpoints = false }, [.. _grains.Where(g => !needed.Contains(g.Key))]);
        return this;
    }

    /// <summary>What a grain gives when nothing comes in between.</summary>
    public long Expected(PlannedGrain grain)
    {
        SimSpec spec = Specs[grain.Key];
        long state = SimWork.Start(spec.Title, grain.Inputs.Select(key => Expected(_grains.First(g => g.Key == key))));
        for (int epoch = 0; epoch < spec.Epochs; epoch++)
            state = SimWork.Next(state, epoch);
        return state;
    }

    public void Store(IArtifactStore store, SimWitness? witness)
    {
        Put(store, StoreLayout.CampaignPlan(id), Plan.ToJson());
        foreach ((GrainKey key, SimSpec spec) in Specs)
        {
            Put(store, StoreLayout.Spec(key), CanonicalJson.Bytes(spec.ToJson(_grains.First(g => g.Key == key).Inputs)));
            witness?.Name(StoreLayout.Folder(key), spec.Title);
        }
    }

    private static void Put(IArtifactStore store, ArtifactName name, byte[] bytes) =>
        store.PutIfAbsentAsync(name, (stream, stop) => stream.WriteAsync(bytes, stop).AsTask()).Wait();

    private PlannedGrain Add(string kind, SimSpec spec, PlannedGrain[] inputs)
    {
        GrainKey[] keys = [.. inputs.Select(i => i.Key)];
        JsonObject json = spec.ToJson(keys);
        var key = new GrainKey(kind, CanonicalJson.Digest(json));
        Specs[key] = spec;
        var grain = new PlannedGrain { Key = key, Inputs = keys, Code = spec.Code, Lane = spec.Lane, Title = spec.Title, ForecastBytes = spec.Bytes, ForecastSeconds = 1 };
        _grains.Add(grain);
        return grain;
    }
}
