using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>A campaign of 200 short runs on two silos of one thread, against one: silos are processes of their own, and have run such a campaign before.</summary>
internal static class ScalingBenchmark
{
    private const int Runs = 200, WarmUp = 10, Rounds = 1;

    public static void Run() => ClusterRig.Run(blobs: false, RunAsync);

    private static async Task RunAsync(ClusterRig rig)
    {
        double[][] seconds = [new double[Rounds], new double[Rounds]];
        double[][] shares = [new double[Rounds], new double[Rounds]];
        int grains = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // In turns, so that a machine that becomes busy meets both.
            foreach (int silos in round % 2 == 0 ? (int[])[1, 2] : [2, 1])
                (seconds[silos - 1][round], shares[silos - 1][round], grains) = await MeasureAsync(rig, silos, round).ConfigureAwait(false);
        }

        double one = Measurement.Median(seconds[0]), two = Measurement.Median(seconds[1]);
        Measurement.Print($"{Runs} short runs ({grains} grains), 1 silo of 1 thread", one, "s");
        Measurement.Print("  the silo's share of one core", Measurement.Median(shares[0]), "%");
        Measurement.Print("  2 silos of 1 thread", two, "s");
        Measurement.Print("  the silos' share of two cores", Measurement.Median(shares[1]) / 2, "%");
        Measurement.Print("speed of 2 silos ÷ 1", one / two, "×", "≥ 1.8", one / two >= 1.8);
    }

    private static async Task<(double Seconds, double Share, int Grains)> MeasureAsync(ClusterRig rig, int count, int round)
    {
        string location = rig.Files();
        await using ClusterStore store = await ClusterStore.OpenAsync(location, rig.BrokerUrl).ConfigureAwait(false);
        SiloChild[] silos = [.. Enumerable.Range(0, count).Select(i => rig.StartSilo(location, $"scaling-{i}"))];
        await store.RunAsync(await ClusterStore.SubmitAsync(store.Campaigns, ShortRuns.Document(1000 + round, WarmUp * count)).ConfigureAwait(false)).ConfigureAwait(false);
        CampaignPlan plan = await ClusterStore.SubmitAsync(store.Campaigns, ShortRuns.Document(round, Runs)).ConfigureAwait(false);
        double before = silos.Sum(s => ProcessorTime.Of(s.Id));
        double seconds = await store.RunAsync(plan).ConfigureAwait(false);
        double share = (silos.Sum(s => ProcessorTime.Of(s.Id)) - before) / seconds * 100;
        foreach (SiloChild silo in silos)
            silo.Dispose();
        return (seconds, share, plan.Grains.Count);
    }
}
