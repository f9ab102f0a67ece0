using System.Diagnostics;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;

namespace SpatialCluster.Benchmarks;

/// <summary>smoke</summary>
internal static class ClusterBenchmark
{
    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        string url = Environment.GetEnvironmentVariable("SPATIALCLUSTER_BROKER")!;
        int count = int.Parse(Environment.GetEnvironmentVariable("GRAINS") ?? "1000"), silos = int.Parse(Environment.GetEnvironmentVariable("SILOS") ?? "2");
        using var folder = new TemporaryFolder();
        string location = Environment.GetEnvironmentVariable("SPATIALCLUSTER_STORE") ?? folder["store"];
        var records = new GrainRecords(new ContentStore(ArtifactStores.Open(location, create: true)));
        string scope = await StoreIdentity.OfAsync(records.Store);
        var campaigns = new CampaignStore(records);
        (CampaignPlan plan, Dictionary<GrainKey, GrainSpec> specs) = TrivialGrains.Campaign(0, count);
        long s = Stopwatch.GetTimestamp();
        await campaigns.SubmitAsync(plan, specs, "version: 1\n"u8.ToArray());
        Measurement.Print("submit", Stopwatch.GetElapsedTime(s).TotalSeconds, "s");
        Process[] children = [.. Enumerable.Range(0, silos).Select(_ => ChildProcess.Start("silo", url, location, "1"))];
        foreach (Process child in children)
            await child.StandardOutput.ReadLineAsync();
        await using var broker = new RabbitBroker(BrokerOptions.Parse(url, null, null, false), scope, Console.Error.WriteLine);
        await broker.ConnectAsync(default);
        var engine = new RabbitMqEngine(broker, records, scope, TimeProvider.System);
        long start = Stopwatch.GetTimestamp();
        CampaignOutcome outcome = await engine.RunAsync(plan, new SilentObserver(), default);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Measurement.Print($"{count} grains, {silos} silos: {outcome}", seconds, "s");
        Measurement.Print("rate", count / seconds, "/s");
        foreach (Process child in children)
        {
            Process.Start("kill", ["-TERM", child.Id.ToString()]);
            long t = Stopwatch.GetTimestamp();
            await child.WaitForExitAsync();
            Measurement.Print("exit " + child.ExitCode, Stopwatch.GetElapsedTime(t).TotalSeconds, "s");
        }
    }
}
