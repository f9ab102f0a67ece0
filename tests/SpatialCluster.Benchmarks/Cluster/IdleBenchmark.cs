using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>What a silo takes that finds nothing to do: with no campaign, and with twenty whose queues are there and empty, as when all that is ready runs elsewhere.</summary>
internal static class IdleBenchmark
{
    private const int Campaigns = 20;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(20), s_settle = TimeSpan.FromSeconds(5);

    public static void Run() => ClusterRig.Run(blobs: false, RunAsync);

    private static async Task RunAsync(ClusterRig rig)
    {
        string location = rig.Files();
        await using ClusterStore store = await ClusterStore.OpenAsync(location, rig.BrokerUrl).ConfigureAwait(false);
        SiloChild silo = rig.StartSilo(location, "idle");
        await PrintAsync(rig, silo, "no campaign").ConfigureAwait(false);
        int queues = 0;
        for (int i = 0; i < Campaigns; i++)
        {
            CampaignPlan plan = await ClusterStore.SubmitAsync(store.Campaigns, ShortRuns.Document(i, runs: 2)).ConfigureAwait(false);
            foreach ((Lane lane, string code) in plan.Grains.Select(g => (g.Lane, g.Code)).Distinct())
            {
                await store.Broker.DeclareAsync(QueueNames.For(store.Scope, plan.Id, lane, code), CancellationToken.None).ConfigureAwait(false);
                queues++;
            }

            await store.Campaigns.ActivateAsync(plan.Id).ConfigureAwait(false);
        }

        await PrintAsync(rig, silo, $"{Campaigns} campaigns with {queues} empty queues").ConfigureAwait(false);
    }

    private static async Task PrintAsync(ClusterRig rig, SiloChild silo, string what)
    {
        await Task.Delay(s_settle).ConfigureAwait(false);
        double[] shares = await ProcessorTime.SharesAsync(s_window, silo.Id, rig.BrokerProcess).ConfigureAwait(false);
        Measurement.Print($"{what}: an idle silo's share of one core", shares[0], "%");
        Measurement.Print("  the broker's", shares[1], "%");
    }
}
