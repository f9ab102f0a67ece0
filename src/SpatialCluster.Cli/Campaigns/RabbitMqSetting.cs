using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>Silos run the grains; this process hands the campaign over and follows it.</summary>
/// <param name="Broker">Where silos get grains from.</param>
internal sealed record RabbitMqSetting(BrokerOptions Broker) : SiloSetting("rabbitmq")
{
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
