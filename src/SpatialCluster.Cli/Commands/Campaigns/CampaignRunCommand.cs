using System.CommandLine;
using System.Text;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;
using SpatialCluster.Silo.Hosting;

namespace SpatialCluster.Cli.Commands.Campaigns;

/// <summary>From a document to a report.</summary>
internal sealed class CampaignRunCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly Argument<string> _file;
    private readonly CampaignRunOptions _run;
    private readonly StoreOptionSet _store;
    private readonly EngineOptionSet _engine;
    private readonly TellingOptionSet _telling;

    public CampaignRunCommand(CommandContext context)
        : base("run", "Runs a campaign: reads the document, does whatever is not done, and writes the report. Running the same document again does only what is missing, and tries again what failed.")
    {
        _context = context;
        _file = new Argument<string>("FILE") { Description = "The campaign's document, YAML; docs/campaigns.md explains it." };
        Arguments.Add(_file);
        _run = Add(new CampaignRunOptions());
        _store = Add(new StoreOptionSet());
        var broker = new BrokerOptionSet();
        var membership = new MembershipOptionSet(ofASilo: false);
        _engine = Add(new EngineOptionSet(broker, membership));
        Add(broker);
        if (OrleansParts.Built)
            Add(membership);
        _telling = Add(new TellingOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "spatialcluster campaign run deploy/campaigns/demo.yaml --dry-run",
        "spatialcluster campaign run deploy/campaigns/paper-noise.yaml --store results --out paper-noise",
        "spatialcluster campaign run my.yaml --root /data/slices --slots 4 --json",
        "spatialcluster campaign run my.yaml --engine rabbitmq --broker amqp://broker.example/ --store /mnt/results",
    ];

    private int Run(ParseResult result)
    {
        string path = result.GetValue(_file)!;
        CampaignDocument document = CampaignReader.Read(path, new CampaignReadOptions { Roots = _run.Roots(result) });
        EngineSetting engine = _engine.Read(result, _context.Clock);
        if (_run.DryRun(result))
            return DryRun(result, document, engine);
        using var session = _store.Open(result, create: true);
        PlannedCampaign planned;
        try
        {
            planned = CampaignPlanner.Plan(document, new StoreIngest(session.Store, _context.Cancellation), new PlanOptions { Threads = engine.ThreadsPerSlot });
            session.Campaigns.SubmitAsync(planned.Plan, planned.Specs, Encoding.UTF8.GetBytes(document.Text), _context.Cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            _context.Error.WriteLine("spatialcluster: Cancelled before the campaign was whole in the store; run the same document again to go on.");
            return ExitCode.Cancelled;
        }

        return CampaignRunning.Run(new CampaignExecution(session, _context), _context, planned.Plan, engine, _run.Folder(result), planned.Notes, _telling.Json(result));
    }

    private int DryRun(ParseResult result, CampaignDocument document, EngineSetting engine)
    {
        PlannedCampaign planned = CampaignPlanner.Plan(document, new DigestOnly(), new PlanOptions { Threads = engine.ThreadsPerSlot });
        using StoreSession? session = _store.OpenExisting(result);
        PlanSummary summary = session is null
            ? PlanSummary.Of(planned)
            : PlanSummary.Of(planned, key => session.Records.FindResultAsync(key, _context.Cancellation).GetAwaiter().GetResult() is not null);

        if (_telling.Json(result))
            JsonOutput.Write(_context.Output, new { planned.Plan.Id, planned.Plan.Name, Plan = Told(summary), planned.Notes });
        else
            PlanSheet.Write(new Sheet(_context), planned, summary, engine.Cores);
        return ExitCode.Done;
    }

    private static object Told(PlanSummary summary) => new
    {
        summary.Kinds,
        summary.Methods,
        summary.Datasets,
        summary.Scenarios,
        summary.Seeds,
        summary.Rows,
        summary.Total,
        LargestMb = summary.Largest is { } largest ? Math.Round(largest.ForecastBytes / 1048576.0, 1) : (double?)null,
        Largest = summary.Largest?.Title,
        summary.TotalSeconds,
        summary.RemainingSeconds,
        summary.CriticalPathSeconds,
    };
}
