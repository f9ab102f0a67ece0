using System.CommandLine;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Cli.Commands.Campaigns;

/// <summary>Writes the report of what is there.</summary>
internal sealed class CampaignReportCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly CampaignIdArgument _id = new();
    private readonly StoreOptionSet _store;
    private readonly FolderOptions _output;

    public CampaignReportCommand(CommandContext context)
        : base("report", "Writes the report of a campaign, finished or not: a page to open (report.html), scores.csv, runs.csv, runs.jsonl and seed_agreement.csv.")
    {
        _context = context;
        Arguments.Add(_id);
        _store = Add(new StoreOptionSet());
        _output = Add(new FolderOptions("DIR", "Where the report and the tables go (default ./NAME-report).", required: false));
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster campaign report paper-noise --store results --out paper-noise"];

    private int Run(ParseResult result)
    {
        using var session = _store.Open(result, create: false);
        CampaignPlan plan = session.Campaigns.PlanAsync(result.GetValue(_id)!, _context.Cancellation).GetAwaiter().GetResult();
        (CampaignReport report, CampaignOutputs outputs) = new CampaignExecution(session, _context).WriteReport(plan, _output.Folder(result) ?? CampaignRunning.FolderOf(plan));
        CampaignRunning.Tell(_context, CampaignSummary.Of(plan, report, outcome: null, outputs, session.Store.Location, seconds: null, notes: []), _output.Json(result));
        return ExitCode.Done;
    }
}
