using System.Diagnostics;
using System.Globalization;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Engine.Local;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>What a grain costs more on a broker and a server of blobs than in one process on files: grains that do nothing, and short runs, one slot each.</summary>
internal static class OverheadBenchmark
{
    private const int Trivial = 200, Rounds = 3, Runs = 40, WarmUp = 10;

    private static readonly LocalEngineOptions s_oneSlot = new() { Slots = 1, ThreadsPerSlot = 1, MemoryLimit = long.MaxValue };

    public static void Run() => ClusterRig.Run(blobs: true, async rig =>
    {
        await TrivialAsync(rig).ConfigureAwait(false);
        await ShortAsync(rig).ConfigureAwait(false);
    });

    private static async Task TrivialAsync(ClusterRig rig)
    {
        string location = rig.Blobs();
        await using ClusterStore remote = await ClusterStore.OpenAsync(location, rig.BrokerUrl).ConfigureAwait(false);
        using FileSystemArtifactStore files = FileSystemArtifactStore.Open(rig.Files(), create: true);
        var local = new GrainRecords(new ContentStore(files));
        using Process silo = ChildProcess.Start(ChildRoles.Silo, rig.BrokerUrl, location, "1");
        await silo.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        double[] there = new double[Rounds], here = new double[Rounds];
        try
        {
            // The first round warms both up.
            for (int round = -1; round < Rounds; round++)
            {
                int first = (round + 1) * Trivial;
                double[] both =
                [
                    await remote.RunAsync(await SubmitAsync(remote.Campaigns, first).ConfigureAwait(false)).ConfigureAwait(false),
                    await LocalAsync(local, [new TrivialGrains()], await SubmitAsync(new CampaignStore(local), first).ConfigureAwait(false)).ConfigureAwait(false),
                ];
                if (round >= 0)
                    (there[round], here[round]) = (both[0] / Trivial * 1e3, both[1] / Trivial * 1e3);
            }
        }
        finally
        {
            SiloChild.Signal(silo, "TERM");
        }

        string calls = (await silo.StandardOutput.ReadLineAsync().ConfigureAwait(false))!.Split('=')[1];
        await silo.WaitForExitAsync().ConfigureAwait(false);
        Print("trivial grain", there, here);
        Measurement.Print("  calls of the store by its silo, looks for campaigns included", double.Parse(calls, CultureInfo.InvariantCulture) / (Trivial * (Rounds + 1)), "");
    }

    private static async Task ShortAsync(ClusterRig rig)
    {
        string location = rig.Blobs();
        await using ClusterStore remote = await ClusterStore.OpenAsync(location, rig.BrokerUrl).ConfigureAwait(false);
        using FileSystemArtifactStore files = FileSystemArtifactStore.Open(rig.Files(), create: true);
        var local = new GrainRecords(new ContentStore(files));
        using SiloChild silo = rig.StartSilo(location, "overhead");
        double[] there = new double[Rounds], here = new double[Rounds];
        for (int round = -1; round < Rounds; round++)
        {
            string document = ShortRuns.Document(round + 1, round < 0 ? WarmUp : Runs);
            CampaignPlan plan = await ClusterStore.SubmitAsync(remote.Campaigns, document).ConfigureAwait(false);
            await ClusterStore.SubmitAsync(new CampaignStore(local), document).ConfigureAwait(false);
            double remoteSeconds = await remote.RunAsync(plan).ConfigureAwait(false), localSeconds = await LocalAsync(local, GrainWorks.All, plan).ConfigureAwait(false);
            if (round >= 0)
                (there[round], here[round]) = (remoteSeconds / plan.Grains.Count * 1e3, localSeconds / plan.Grains.Count * 1e3);
        }

        Print("grain of short runs", there, here);
    }

    private static void Print(string what, double[] there, double[] here)
    {
        double[] overheads = [.. there.Zip(here, (a, b) => a - b)];
        double overhead = Measurement.Median(overheads);
        Measurement.Print($"{what}: broker and blobs, one silo", Measurement.Median(there), "ms");
        Measurement.Print($"{what}: in one process, on files", Measurement.Median(here), "ms");
        Measurement.Print($"{what}: overhead", overhead, "ms", "≤ 150", overhead <= 150);
        Measurement.Print("  least of the rounds", overheads.Min(), "ms");
        Measurement.Print("  most of the rounds", overheads.Max(), "ms");
    }

    private static async Task<CampaignPlan> SubmitAsync(CampaignStore campaigns, int first)
    {
        (CampaignPlan plan, Dictionary<GrainKey, GrainSpec> specs) = TrivialGrains.Campaign(first, Trivial);
        await campaigns.SubmitAsync(plan, specs, "version: 1\n"u8.ToArray()).ConfigureAwait(false);
        return plan;
    }

    private static async Task<double> LocalAsync(GrainRecords records, IEnumerable<IGrainWork> works, CampaignPlan plan)
    {
        var observer = new SilentObserver();
        var engine = new LocalEngine(new GrainRunner(records, works, new GrainRunnerOptions()), s_oneSlot);
        await using (engine.ConfigureAwait(false))
        {
            long start = Stopwatch.GetTimestamp();
            await engine.RunAsync(plan, observer, CancellationToken.None).ConfigureAwait(false);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            observer.Require();
            return seconds;
        }
    }
}
