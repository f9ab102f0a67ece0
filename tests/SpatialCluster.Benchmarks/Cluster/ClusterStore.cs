using System.Text;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>A store as one who submits campaigns to silos sees it, with a connection to their broker.</summary>
internal sealed class ClusterStore : IAsyncDisposable
{
    private ClusterStore(GrainRecords records, string scope, RabbitBroker broker) => (Records, Scope, Broker) = (records, scope, broker);

    public GrainRecords Records { get; }

    public CampaignStore Campaigns => new(Records);

    /// <summary>The store's identity.</summary>
    public string Scope { get; }

    public RabbitBroker Broker { get; }

    public static async Task<ClusterStore> OpenAsync(string location, string broker)
    {
        var records = new GrainRecords(new ContentStore(ArtifactStores.Open(location, create: true)));
        string scope = await StoreIdentity.OfAsync(records.Store).ConfigureAwait(false);
        var rabbit = new RabbitBroker(BrokerOptions.Find(broker, null, null, Environment.GetEnvironmentVariable), scope);
        await rabbit.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        return new ClusterStore(records, scope, rabbit);
    }

    /// <summary>Puts a campaign into the store; no silo works on it yet.</summary>
    public static async Task<CampaignPlan> SubmitAsync(CampaignStore campaigns, string document)
    {
        PlannedCampaign planned = CampaignPlanner.Plan(CampaignReader.Parse(document, "benchmark.yaml"), new DigestOnly());
        await campaigns.SubmitAsync(planned.Plan, planned.Specs, Encoding.UTF8.GetBytes(document)).ConfigureAwait(false);
        return planned.Plan;
    }

    /// <summary>Has silos run a campaign, to its end.</summary>
    /// <returns>Seconds from its handing over until its last grain was seen to have ended.</returns>
    public async Task<double> RunAsync(CampaignPlan plan)
    {
        var observer = new SilentObserver();
        var engine = new RabbitMqEngine(Broker, Records, Scope, TimeProvider.System);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        CampaignOutcome outcome = await engine.RunAsync(plan, observer, CancellationToken.None).ConfigureAwait(false);
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        observer.Require();
        if (outcome.Reused > 0)
            throw new InvalidOperationException("Some of the campaign had been done before.");
        return seconds;
    }

    /// <summary>Hands a campaign over to silos, and leaves it to them.</summary>
    public Task HandOverAsync(CampaignPlan plan) => new RabbitMqEngine(Broker, Records, Scope, TimeProvider.System).SubmitAsync(plan, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync().ConfigureAwait(false);
        (Records.Store as IDisposable)?.Dispose();
    }
}
