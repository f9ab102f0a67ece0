using System.Diagnostics;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>Ten thousand grains that do nothing through one broker and four silos of one slot each, on a store of files: how fast, and whether all of them are there.</summary>
internal static class BrokerBenchmark
{
    private const int Grains = 10_000, Silos = 4;

    public static void Run() => ClusterRig.Run(blobs: false, RunAsync);

    private static async Task RunAsync(ClusterRig rig)
    {
        string location = rig.Files();
        await using ClusterStore store = await ClusterStore.OpenAsync(location, rig.BrokerUrl).ConfigureAwait(false);
        Process[] silos = [.. Enumerable.Range(0, Silos).Select(_ => ChildProcess.Start(ChildRoles.Silo, rig.BrokerUrl, location, "1"))];
        try
        {
            foreach (Process silo in silos)
                await silo.StandardOutput.ReadLineAsync().ConfigureAwait(false);
            (CampaignPlan plan, Dictionary<GrainKey, GrainSpec> specs) = TrivialGrains.Campaign(0, Grains);
            long start = Stopwatch.GetTimestamp();
            await store.Campaigns.SubmitAsync(plan, specs, "version: 1\n"u8.ToArray()).ConfigureAwait(false);
            Measurement.Print($"{Grains:N0} trivial grains: put into the store", Stopwatch.GetElapsedTime(start).TotalSeconds, "s");
            double before = ProcessorTime.Of(rig.BrokerProcess), seconds = await store.RunAsync(plan).ConfigureAwait(false);
            Measurement.Print($"  handed over to {Silos} silos until all have ended", seconds, "s");
            Measurement.Print("  grains per second", Grains / seconds, "/s");
            Measurement.Print("  the broker's share of one core", (ProcessorTime.Of(rig.BrokerProcess) - before) / seconds * 100, "%");
            await CountAsync(location, plan).ConfigureAwait(false);
        }
        finally
        {
            foreach (Process silo in silos)
            {
                silo.Kill();
                silo.Dispose();
            }
        }
    }

    // Records of its own: what is counted is read from the store.
    private static async Task CountAsync(string location, CampaignPlan plan)
    {
        var records = new GrainRecords(new ContentStore(ArtifactStores.Open(location, create: false)));
        int results = 0, attempts = 0;
        foreach (PlannedGrain grain in plan.Grains)
        {
            results += await records.FindResultAsync(grain.Key).ConfigureAwait(false) is null ? 0 : 1;
            attempts += (await records.FindClaimAsync(grain.Key).ConfigureAwait(false))?.Attempt ?? 0;
        }

        Measurement.Print("  results in the store", results, "", $"= {Grains:N0}", results == Grains);
        Measurement.Print("  attempts beyond one for each grain", attempts - Grains, "");
    }
}
