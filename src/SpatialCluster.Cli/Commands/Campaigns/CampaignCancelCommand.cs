using System.CommandLine;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;

namespace SpatialCluster.Cli.Commands.Campaigns;

/// <summary>Stops a campaign, whoever runs it.</summary>
internal sealed class CampaignCancelCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly CampaignIdArgument _id = new();
    private readonly StoreOptionSet _store;

    public CampaignCancelCommand(CommandContext context)
        : base("cancel", "Asks whoever runs a campaign to stop; trainings end after their present epoch, with a checkpoint. 'campaign resume' goes on with it.")
    {
        _context = context;
        Arguments.Add(_id);
        _store = Add(new StoreOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster campaign cancel paper-noise --store results"];

    private int Run(ParseResult result)
    {
        using var session = _store.Open(result, create: false);
        CampaignPlan plan = session.Campaigns.PlanAsync(result.GetValue(_id)!, _context.Cancellation).GetAwaiter().GetResult();
        bool first = session.Campaigns.CancelAsync(plan.Id, _context.Cancellation).GetAwaiter().GetResult();
        _context.Output.WriteLine(first ? $"{plan.Id} is asked to stop." : $"{plan.Id} had been asked to stop before.");
        return ExitCode.Done;
    }
}
