using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A campaign of grains that wait, and a last one that needs them all.</summary>
internal sealed class ProbeCampaign
{
    private readonly Dictionary<GrainKey, ProbeSpec> _specs;

    /// <summary>Plans it.</summary>
    /// <param name="id">What it is called.</param>
    /// <param name="version">Of the code of its grains.</param>
    /// <param name="first">The number of the first; grains of other numbers are others.</param>
    /// <param name="count">How many.</param>
    /// <param name="milliseconds">How long each waits.</param>
    public ProbeCampaign(string id, int version, int first, int count, int milliseconds)
    {
        ProbeSpec[] specs = [.. Enumerable.Range(first, count).Select(number => new ProbeSpec("probe", version, number, milliseconds))];
        var last = new ProbeSpec("report", 1, first, 0);
        GrainKey[] all = [.. specs.Select(s => s.Key)];
        _specs = specs.Append(last).ToDictionary(s => s.Key);
        PlannedGrain[] grains = [.. specs.Select(s => Planned(s, [])), Planned(last, all)];
        Plan = new CampaignPlan { Id = id, Name = id, Grains = grains, Report = last.Key, Inputs = [] };
    }

    public CampaignPlan Plan { get; }

    /// <summary>Hands it over to the silos.</summary>
    public async Task SubmitAsync(ClusterPlace place)
    {
        (GrainRecords records, CampaignStore campaigns) = place.Open();
        await campaigns.SubmitAsync(Plan, _specs.ToDictionary(s => s.Key, s => (GrainSpec)s.Value), "# of a test's own\n"u8.ToArray());
        await using RabbitBroker broker = await place.ConnectAsync();
        await new RabbitMqEngine(broker, records, await StoreIdentity.OfAsync(records.Store), TimeProvider.System).SubmitAsync(Plan, CancellationToken.None);
    }

    /// <summary>Every grain has its result, and no other; nothing is left to be done.</summary>
    public async Task ShouldEndAsync(ClusterPlace place)
    {
        (GrainRecords records, CampaignStore campaigns) = place.Open();
        await ClusterPlace.WaitAsync(async () => (await campaigns.ActiveAsync()).All(c => c.Id != Plan.Id), $"{Plan.Id} does not end");
        foreach ((GrainKey key, ProbeSpec spec) in _specs)
            ((int)(await records.FindResultAsync(key))!.Values["number"]!).ShouldBe(spec.Number);
    }

    private static PlannedGrain Planned(ProbeSpec spec, IReadOnlyList<GrainKey> inputs) => new()
    {
        Key = spec.Key,
        Inputs = inputs,
        Code = spec.Code,
        Lane = Lane.Cpu,
        Title = $"{spec.Kind} {spec.Number}",
        ForecastBytes = 1000,
        ForecastSeconds = spec.Milliseconds / 1000.0,
    };
}
