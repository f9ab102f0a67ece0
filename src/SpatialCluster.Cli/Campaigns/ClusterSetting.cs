using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>Silos run the grains; this process hands the campaign over and follows it.</summary>
/// <param name="Broker">Where silos get grains from.</param>
internal sealed record ClusterSetting(BrokerOptions Broker) : EngineSetting
{
    public override int ThreadsPerSlot => 1;

    public override int Cores => 1;

    public override string Interrupted(CampaignPlan plan, string store) =>
        $"No longer followed; unless it was cancelled, silos go on with it. 'spatialcluster campaign resume {plan.Id} --engine rabbitmq --store {store}' follows it again, "
        + $"'campaign status' tells how it stands, 'campaign cancel' stops it.";

    public override async Task<CampaignOutcome> RunAsync(StoreSession session, CommandContext context, CampaignPlan plan, IGrainObserver observer)
    {
        string scope = await GrainRecords.Guard(StoreIdentity.OfAsync(session.Store, context.Cancellation)).ConfigureAwait(false);
        var broker = new RabbitBroker(Broker, scope);
        await using (broker.ConfigureAwait(false))
        {
            await broker.ConnectAsync(context.Cancellation).ConfigureAwait(false);
            return await new RabbitMqEngine(broker, session.Records, scope, context.Clock).RunAsync(plan, observer, context.Cancellation).ConfigureAwait(false);
        }
    }
}
