using System.CommandLine;
using System.Text;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;

namespace SpatialCluster.Cli.Commands;

/// <summary>A whole campaign, small enough to watch.</summary>
internal sealed class DemoCommand : ExplainedCommand
{
    /// <summary>The campaign's document, which this program carries.</summary>
    public const string Document = "demo.yaml";

    private const string DefaultFolder = "spatialcluster-demo";

    private readonly CommandContext _context;
    private readonly FolderOptions _output;
    private readonly EngineOptionSet _engine;

    public DemoCommand(CommandContext context)
        : base("demo", "Shows the whole way in a few minutes: simulates two slices (RNA with protein, RNA with ATAC) at three noise levels, runs five methods on each with two seeds, scores their domains against the truth, and writes a report to open. It is the campaign deploy/campaigns/demo.yaml; a second run finds everything done.")
    {
        _context = context;
        _output = Add(new FolderOptions("DIR", $"Where report, tables and store go (default ./{DefaultFolder}).", required: false));
        _engine = Add(new EngineOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster demo", "spatialcluster demo --out my-demo --threads 4"];

    private int Run(ParseResult result)
    {
        string folder = _output.Folder(result) ?? DefaultFolder;
        string text = ReadDocument();
        CampaignDocument document = CampaignReader.Parse(text, Document);
        EngineSetting engine = _engine.Read(result, _context.Clock);
        using var session = StoreSession.Open(Path.Combine(folder, "store"), create: true);
        PlannedCampaign planned = CampaignPlanner.Plan(document, new DigestOnly(), new PlanOptions { Threads = engine.ThreadsPerSlot });
        session.Campaigns.SubmitAsync(planned.Plan, planned.Specs, Encoding.UTF8.GetBytes(text), _context.Cancellation).GetAwaiter().GetResult();
        return CampaignRunning.Run(
            new CampaignExecution(session, _context), _context, planned.Plan, engine, folder, planned.Notes, _output.Json(result));
    }

    private static string ReadDocument()
    {
        using Stream stream = typeof(DemoCommand).Assembly.GetManifestResourceStream(Document)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
