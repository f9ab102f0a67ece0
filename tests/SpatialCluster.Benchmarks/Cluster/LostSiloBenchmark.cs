using System.Diagnostics;
using System.Threading.Channels;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>
/// A silo trains and another has nothing to do; the first is killed, or frozen. Measured is the time until the other tells that it has begun the same
/// grain. The broker and the silos have their usual heartbeat of ten seconds.
/// </summary>
internal static class LostSiloBenchmark
{
    private const int Killed = 5, Frozen = 3;

    // Far more than are ever trained.
    private const int Epochs = 50_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3), s_amidst = TimeSpan.FromSeconds(1);

    public static void Run() => ClusterRig.Run(blobs: false, async rig =>
    {
        await MeasureAsync(rig, "killed silo (SIGKILL)", "KILL", Killed, 2).ConfigureAwait(false);
        await MeasureAsync(rig, "frozen silo (SIGSTOP)", "STOP", Frozen, 32).ConfigureAwait(false);
    });

    private static async Task MeasureAsync(ClusterRig rig, string what, string signal, int rounds, double target)
    {
        string location = rig.Files();
        await using ClusterStore store = await ClusterStore.OpenAsync(location, rig.BrokerUrl).ConfigureAwait(false);
        var seconds = new double[rounds];
        SiloChild idle = rig.StartSilo(location, "lost-0");
        for (int round = 0; round < rounds; round++)
        {
            SiloChild other = rig.StartSilo(location, $"lost-{round + 1}");
            CampaignPlan plan = await ClusterStore.SubmitAsync(store.Campaigns, ShortRuns.Document(round, runs: 1, Epochs)).ConfigureAwait(false);
            var begun = Channel.CreateUnbounded<(string Silo, long At)>();
            using IDisposable listening = store.Broker.Listen(told =>
            {
                if (told.Kind == ClusterEventKind.GrainStarted && told.Campaign == plan.Id && told.Grain!.StartsWith("training-run/", StringComparison.Ordinal))
                    begun.Writer.TryWrite((told.Silo, Stopwatch.GetTimestamp()));
            });
            await store.HandOverAsync(plan).ConfigureAwait(false);
            using var late = new CancellationTokenSource(s_patience);
            string owner = (await begun.Reader.ReadAsync(late.Token).ConfigureAwait(false)).Silo;
            await Task.Delay(s_amidst).ConfigureAwait(false);
            (SiloChild lost, idle) = owner.StartsWith(other.Name, StringComparison.Ordinal) ? (other, idle) : (idle, other);
            long start = Stopwatch.GetTimestamp();
            lost.Signal(signal);
            (string Silo, long At) next = await begun.Reader.ReadAsync(late.Token).ConfigureAwait(false);
            if (next.Silo == owner)
                throw new InvalidOperationException($"The silo {owner} should not be there any more.");
            seconds[round] = Stopwatch.GetElapsedTime(start, next.At).TotalSeconds;
            lost.Dispose();
            await EndAsync(store, plan).ConfigureAwait(false);
        }

        idle.Dispose();
        double median = Measurement.Median(seconds);
        Measurement.Print($"{what}: until its grain runs elsewhere, median of {rounds}", median, "s", $"≤ {target}", median <= target);
        Measurement.Print("  the shortest", seconds.Min(), "s");
        Measurement.Print("  the longest", seconds.Max(), "s");
    }

    private static async Task EndAsync(ClusterStore store, CampaignPlan plan)
    {
        await store.Campaigns.CancelAsync(plan.Id).ConfigureAwait(false);
        store.Broker.Tell(new ClusterEvent(ClusterEventKind.CampaignCancelled, plan.Id, ""));
        GrainKey run = plan.Grains.First(g => g.Key.Kind == "training-run").Key;
        while ((await store.Campaigns.ActiveAsync().ConfigureAwait(false)).Count > 0
            || await store.Records.FindClaimAsync(run).ConfigureAwait(false) is { } claim && !claim.IsFree(DateTimeOffset.UtcNow))
        {
            await Task.Delay(50).ConfigureAwait(false);
        }
    }
}
