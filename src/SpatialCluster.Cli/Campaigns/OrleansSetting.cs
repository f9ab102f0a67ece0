using Microsoft.Extensions.Logging.Abstractions;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Silo.Hosting;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>Silos of Microsoft Orleans run the grains; this process hands the campaign over and follows it.</summary>
/// <param name="Membership">How silos are found.</param>
internal sealed record OrleansSetting(ClusterMembership Membership) : SiloSetting(OrleansParts.Name)
{
    public override async Task<CampaignOutcome> RunAsync(StoreSession session, CommandContext context, CampaignPlan plan, IGrainObserver observer)
    {
        IGrainEngine engine = await OrleansParts.ConnectAsync(Membership, session.Records, context.Clock, NullLoggerFactory.Instance, context.Cancellation).ConfigureAwait(false);
        await using (engine.ConfigureAwait(false))
            return await engine.RunAsync(plan, observer, context.Cancellation).ConfigureAwait(false);
    }
}
