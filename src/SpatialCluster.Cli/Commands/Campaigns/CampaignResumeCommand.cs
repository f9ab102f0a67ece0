using System.CommandLine;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Silo.Hosting;

namespace SpatialCluster.Cli.Commands.Campaigns;

/// <summary>Goes on with a campaign of the store.</summary>
internal sealed class CampaignResumeCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly CampaignIdArgument _id = new();
    private readonly StoreOptionSet _store;
    private readonly EngineOptionSet _engine;
    private readonly FolderOptions _output;

    public CampaignResumeCommand(CommandContext context)
        : base("resume", "Goes on with a campaign that was interrupted, cancelled, or ended with failures: does what is missing, from the last checkpoints, and tries again what failed.")
    {
        _context = context;
        Arguments.Add(_id);
        _store = Add(new StoreOptionSet());
        var broker = new BrokerOptionSet();
        var membership = new MembershipOptionSet(ofASilo: false);
        _engine = Add(new EngineOptionSet(broker, membership));
        Add(broker);
        if (OrleansParts.Built)
            Add(membership);
        _output = Add(new FolderOptions("DIR", "Where the report and the tables go (default ./NAME-report).", required: false));
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster campaign resume paper-noise --store results"];

    private int Run(ParseResult result)
    {
        using var session = _store.Open(result, create: false);
        CampaignPlan plan = session.Campaigns.PlanAsync(result.GetValue(_id)!, _context.Cancellation).GetAwaiter().GetResult();
        return CampaignRunning.Run(
            new CampaignExecution(session, _context), _context, plan, _engine.Read(result, _context.Clock), _output.Folder(result), [], _output.Json(result));
    }
}
