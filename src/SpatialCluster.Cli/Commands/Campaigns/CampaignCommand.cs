using System.CommandLine;
using SpatialCluster.Cli.Hosting;

namespace SpatialCluster.Cli.Commands.Campaigns;

/// <summary>Everything about campaigns.</summary>
internal sealed class CampaignCommand : Command
{
    public CampaignCommand(CommandContext context)
        : base("campaign", "Runs whole comparisons from a YAML document: datasets, perturbations, methods, seeds; resumable, every result once.")
    {
        Add(new CampaignRunCommand(context));
        Add(new CampaignStatusCommand(context));
        Add(new CampaignResumeCommand(context));
        Add(new CampaignCancelCommand(context));
        Add(new CampaignReportCommand(context));
        Add(new CampaignDeleteCommand(context));
    }
}
