using System.CommandLine;

namespace SpatialCluster.Cli.Commands.Campaigns;

/// <summary>Which campaign is meant.</summary>
internal sealed class CampaignIdArgument : Argument<string>
{
    public CampaignIdArgument()
        : base("ID") =>
        Description = "The campaign as 'campaign status' lists it, or the beginning of its name.";
}
