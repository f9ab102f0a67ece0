using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Cli.Hosting;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>An engine as a command line asks for it.</summary>
internal abstract record EngineSetting
{
    /// <summary>Threads that a grain may be forecast to run on.</summary>
    public abstract int ThreadsPerSlot { get; }

    /// <summary>Cores that a forecast of time counts on.</summary>
    public abstract int Cores { get; }

    /// <summary>What is to be said when somebody stopped the command.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="store">Where it is, as a command line has it.</param>
    public abstract string Interrupted(CampaignPlan plan, string store);

    /// <summary>Runs a submitted campaign until each of its grains has ended.</summary>
    /// <param name="session">The store.</param>
    /// <param name="context">Cancellation and clock.</param>
    /// <param name="plan">The campaign.</param>
    /// <param name="observer">Told what goes on.</param>
    public abstract Task<CampaignOutcome> RunAsync(StoreSession session, CommandContext context, CampaignPlan plan, IGrainObserver observer);
}
