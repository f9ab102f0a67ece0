using System.Diagnostics;
using System.Text;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Reports;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Engine.Local;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Html;

namespace SpatialCluster.Benchmarks;

/// <summary>
/// The demo campaign in this process, one grain at a time on all cores: whatever of the wall time no
/// grain's work is running is the machinery's, be it planning, submitting, scheduling, claiming or committing.
/// </summary>
internal static class DemoCampaign
{
    private const string Document = "demo.yaml";

    public static void Run()
    {
        using var folder = new TemporaryFolder();
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(folder["store"], create: true);
        var records = new GrainRecords(new ContentStore(store));
        var campaigns = new CampaignStore(records);
        string text = Text();
        CampaignDocument document = CampaignReader.Parse(text, Document);
        int cores = Environment.ProcessorCount;
        BusyTime working = new(), storing = new();

        long start = Stopwatch.GetTimestamp();
        PlannedCampaign planned = CampaignPlanner.Plan(document, new DigestOnly(), new PlanOptions { Threads = cores });
        double planning = Stopwatch.GetElapsedTime(start).TotalSeconds;
        campaigns.SubmitAsync(planned.Plan, planned.Specs, Encoding.UTF8.GetBytes(text)).GetAwaiter().GetResult();
        double submission = Stopwatch.GetElapsedTime(start).TotalSeconds - planning;
        Execute(records, planned.Plan, cores, working, storing);
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double reporting = Measurement.Once(() => Report(records, planned.Plan, folder.Path));

        double around = planned.Plan.Grains.Sum(grain => Around(records, grain)), machinery = wall - working.Seconds;
        int grains = planned.Plan.Grains.Count;
        Measurement.Print($"demo campaign, {grains} grains, one slot of {cores} threads: planned to done", wall, "s");
        Measurement.Print("  a grain's work is running", working.Seconds, "s");
        Measurement.Print("  planning", planning * 1e3, "ms");
        Measurement.Print("  submission", submission * 1e3, "ms");
        Measurement.Print("  around the work within attempts (spec, device, metrics, commit), all grains", around * 1e3, "ms");
        Measurement.Print("  the rest: claims taken and given back, scheduling", (machinery - planning - submission - around) * 1e3, "ms");
        Measurement.Print("machinery per grain, planning and submission included", machinery / grains * 1e3, "ms", "≤ 50", machinery / grains <= 0.05);
        Measurement.Print("machinery ÷ wall time", machinery / wall * 100, "%", "≤ 3", machinery / wall <= 0.03);
        Measurement.Print("  within the work: reading from the store and putting into it", storing.Seconds / wall * 100, "% of wall time");
        Measurement.Print("the report: gathered, tables and HTML written", reporting, "s");
        Measurement.Print("  ÷ wall time", reporting / wall * 100, "%");
    }

    private static void Execute(GrainRecords records, CampaignPlan plan, int cores, BusyTime working, BusyTime storing)
    {
        var runner = new GrainRunner(records, GrainWorks.All.Select(work => new WatchedWork(work, working, storing)), new GrainRunnerOptions());
        var observer = new SilentObserver();
        var engine = new LocalEngine(runner, new LocalEngineOptions { Slots = 1, ThreadsPerSlot = cores, MemoryLimit = long.MaxValue });
        engine.RunAsync(plan, observer, CancellationToken.None).GetAwaiter().GetResult();
        engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        observer.Require();
    }

    private static double Around(GrainRecords records, PlannedGrain grain)
    {
        AttemptMetrics metrics = records.FindMetricsAsync(grain.Key).GetAwaiter().GetResult()
            ?? throw new InvalidOperationException($"{grain.Title} left no metrics.");
        return metrics.Seconds - metrics.WorkSeconds;
    }

    private static void Report(GrainRecords records, CampaignPlan plan, string folder)
    {
        CampaignReport report = new CampaignReportBuilder(records).BuildAsync(plan, new ReportCircumstances("benchmark", "benchmark", "now")).GetAwaiter().GetResult();
        using FileStream scores = File.Create(Path.Combine(folder, "scores.csv")), runs = File.Create(Path.Combine(folder, "runs.csv")), html = File.Create(Path.Combine(folder, "report.html"));
        CampaignTables.WriteScores(report.Runs, scores);
        CampaignTables.WriteRuns(report.Runs, runs);
        CampaignHtmlReport.Write(report, html);
    }

    private static string Text()
    {
        using Stream stream = typeof(DemoCampaign).Assembly.GetManifestResourceStream(Document)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
