using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Engine.Local;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>This process runs the grains.</summary>
/// <param name="Options">What may be taken of the machine.</param>
/// <param name="Runner">How grains are run.</param>
internal sealed record LocalEngineSetting(LocalEngineOptions Options, GrainRunnerOptions Runner) : EngineSetting
{
    public override int ThreadsPerSlot => Options.ThreadsPerSlot;

    public override int Cores => Options.Slots * Options.ThreadsPerSlot;

    public override string Interrupted(CampaignPlan plan, string store) =>
        $"Cancelled. What was done is kept; 'spatialcluster campaign resume {plan.Id} --store {store}' goes on.";

    public override async Task<CampaignOutcome> RunAsync(StoreSession session, CommandContext context, CampaignPlan plan, IGrainObserver observer)
    {
        await session.Campaigns.ReviveAsync(plan, context.Cancellation).ConfigureAwait(false);
        var engine = new LocalEngine(new GrainRunner(session.Records, GrainWorks.All, Runner), Options);
        await using (engine.ConfigureAwait(false))
        {
            var watch = CancellationWatch.Begin(session.Campaigns, plan.Id, context.Clock, context.Cancellation);
            await using (watch.ConfigureAwait(false))
                return await engine.RunAsync(plan, observer, watch.Token).ConfigureAwait(false);
        }
    }
}
