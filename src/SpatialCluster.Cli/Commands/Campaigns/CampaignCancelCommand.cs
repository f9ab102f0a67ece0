using System.CommandLine;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;

namespace SpatialCluster.Cli.Commands.Campaigns;

/// <summary>Stops a campaign, whoever runs it.</summary>
internal sealed class CampaignCancelCommand : ExplainedCommand
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    // Whoever died just now is counted on for so long.
    private static readonly TimeSpan s_patience = SiloBeacon.Silence + TimeSpan.FromSeconds(5);

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
        EndAsync(session, plan).GetAwaiter().GetResult();
        return ExitCode.Done;
    }

    // Silos clear up after a campaign that they have; where there is none, nobody would, and it would be taken for one that is worked on.
    private async Task EndAsync(StoreSession session, CampaignPlan plan)
    {
        var registry = new SiloRegistry(session.Records);
        long start = _context.Clock.GetTimestamp();
        while ((await session.Campaigns.ActiveAsync(_context.Cancellation).ConfigureAwait(false)).FirstOrDefault(c => c.Id == plan.Id) is { } active)
        {
            DateTimeOffset now = _context.Clock.GetUtcNow();
            if (!(await registry.ListAsync(_context.Cancellation).ConfigureAwait(false)).Any(silo => silo.IsLive(now)))
            {
                await session.Campaigns.DeactivateAsync(active, _context.Cancellation).ConfigureAwait(false);
                _context.Error.WriteLine("No silo is alive to stop: the campaign counts as stopped from now on.");
                return;
            }

            if (_context.Clock.GetElapsedTime(start) > s_patience)
            {
                _context.Error.WriteLine("Silos that are alive have not stopped yet, as where they have no connection to the broker; they stop when they have it back.");
                return;
            }

            await Task.Delay(s_interval, _context.Clock, _context.Cancellation).ConfigureAwait(false);
        }
    }
}
