using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.Orleans.Hosting;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>
/// The engine on Microsoft Orleans beside the one on a broker, on the same store of files: what a grain of a short run takes, and the time until a lost
/// silo's grain runs elsewhere. Its silos are listed in the PostgreSQL that the environment names.
/// </summary>
internal static class OrleansBenchmark
{
    private const int Runs = 40, WarmUp = 10, Rounds = 3, Epochs = 50_000, Calls = 2000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3), s_amidst = TimeSpan.FromSeconds(1);

    public static void Run()
    {
        if (Environment.GetEnvironmentVariable(ClusterMembership.ConnectionVariable) is not { Length: > 0 } connection)
        {
            Measurement.Output.WriteLine($"Left out: ${ClusterMembership.ConnectionVariable} names no PostgreSQL.");
            return;
        }

        var membership = new ClusterMembership(MembershipKind.PostgreSql) { Connection = connection };
        ClusterRig.Run(blobs: false, async rig =>
        {
            await OverheadAsync(rig, membership).ConfigureAwait(false);
            await LostAsync(rig, membership, "killed silo (SIGKILL)", "KILL", 3).ConfigureAwait(false);
            await LostAsync(rig, membership, "frozen silo (SIGSTOP)", "STOP", 3).ConfigureAwait(false);
        });
    }

    private static async Task OverheadAsync(ClusterRig rig, ClusterMembership membership)
    {
        string[] stores = [rig.Files(), rig.Files()];
        await using ClusterStore rabbit = await ClusterStore.OpenAsync(stores[0], rig.BrokerUrl).ConfigureAwait(false);
        using SiloChild orleans = StartSilo(rig, stores[1], "orleans");
        (GrainRecords records, OrleansEngine engine) = await OpenAsync(membership, stores[1]).ConfigureAwait(false);
        await using (engine.ConfigureAwait(false))
        {
            using SiloChild silo = rig.StartSilo(stores[0], "rabbit");
            double[] there = new double[Rounds], other = new double[Rounds];
            for (int round = -1; round < Rounds; round++)
            {
                string document = ShortRuns.Document(round + 1, round < 0 ? WarmUp : Runs);
                CampaignPlan plan = await ClusterStore.SubmitAsync(rabbit.Campaigns, document).ConfigureAwait(false);
                await ClusterStore.SubmitAsync(new CampaignStore(records), document).ConfigureAwait(false);
                double seconds = await RunAsync(engine, plan).ConfigureAwait(false), rabbitSeconds = await rabbit.RunAsync(plan).ConfigureAwait(false);
                if (round >= 0)
                    (there[round], other[round]) = (seconds / plan.Grains.Count * 1e3, rabbitSeconds / plan.Grains.Count * 1e3);
            }

            Measurement.Print("grain of short runs: orleans, one silo", Measurement.Median(there), "ms");
            Measurement.Print("grain of short runs: rabbitmq, one silo", Measurement.Median(other), "ms");
            Measurement.Print("orleans − rabbitmq, median of 3", Measurement.Median([.. there.Zip(other, (a, b) => a - b)]), "ms");
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Calls; i++)
                await engine.StandingAsync("nothing").ConfigureAwait(false);
            Measurement.Print("calls of a campaign's grain, one after another", Calls / Stopwatch.GetElapsedTime(start).TotalSeconds, "/s");
        }
    }

    private static async Task LostAsync(ClusterRig rig, ClusterMembership membership, string what, string signal, int rounds)
    {
        string location = rig.Files();
        var seconds = new double[rounds];
        List<SiloChild> silos = [StartSilo(rig, location, "lost-0")];
        (GrainRecords records, OrleansEngine engine) = await OpenAsync(membership, location).ConfigureAwait(false);
        var campaigns = new CampaignStore(records);
        await using (engine.ConfigureAwait(false))
        {
            for (int round = 0; round < rounds; round++)
            {
                silos.Add(StartSilo(rig, location, $"lost-{round + 1}"));
                CampaignPlan plan = await ClusterStore.SubmitAsync(campaigns, ShortRuns.Document(round, runs: 1, Epochs)).ConfigureAwait(false);
                await engine.SubmitAsync(plan, CancellationToken.None).ConfigureAwait(false);
                GrainKey run = plan.Grains.First(g => g.Key.Kind == "training-run").Key;
                ClaimOwner owner = await OwnerAsync(records, run, null).ConfigureAwait(false);
                SiloChild lost = silos.Single(silo => silo.Id == owner.Process);
                await Task.Delay(s_amidst).ConfigureAwait(false);
                long start = Stopwatch.GetTimestamp();
                lost.Signal(signal);
                await OwnerAsync(records, run, owner).ConfigureAwait(false);
                seconds[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                lost.Dispose();
                silos.Remove(lost);
                await campaigns.CancelAsync(plan.Id).ConfigureAwait(false);
                while ((await campaigns.ActiveAsync().ConfigureAwait(false)).Count > 0)
                    await Task.Delay(50).ConfigureAwait(false);
            }
        }

        silos.ForEach(silo => silo.Dispose());
        Measurement.Print($"{what}: until its grain is taken over, median of {rounds}", Measurement.Median(seconds), "s");
        Measurement.Print("  the shortest", seconds.Min(), "s");
        Measurement.Print("  the longest", seconds.Max(), "s");
    }

    private static SiloChild StartSilo(ClusterRig rig, string location, string name) => rig.StartSilo(location, name, "none", "orleans", "--membership", "postgresql");

    // Who works on a grain, once somebody else does than before.
    private static async Task<ClaimOwner> OwnerAsync(GrainRecords records, GrainKey grain, ClaimOwner? before)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_patience; await Task.Delay(10).ConfigureAwait(false))
        {
            if (await records.FindClaimAsync(grain).ConfigureAwait(false) is { IsReleased: false } claim && claim.Owner.Id != before?.Id)
                return claim.Owner;
        }

        throw new TimeoutException($"Nobody takes {grain}.");
    }

    private static async Task<(GrainRecords Records, OrleansEngine Engine)> OpenAsync(ClusterMembership membership, string location)
    {
        var records = new GrainRecords(new ContentStore(ArtifactStores.Open(location, create: true)));
        string scope = await StoreIdentity.OfAsync(records.Store).ConfigureAwait(false);
        return (records, await OrleansEngine.ConnectAsync(membership, scope, records, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None).ConfigureAwait(false));
    }

    private static async Task<double> RunAsync(OrleansEngine engine, CampaignPlan plan)
    {
        var observer = new SilentObserver();
        long start = Stopwatch.GetTimestamp();
        await engine.RunAsync(plan, observer, CancellationToken.None).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        observer.Require();
        return seconds;
    }
}
