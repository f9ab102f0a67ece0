using System.Diagnostics;
using System.Globalization;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>
/// What viewers of a live campaign take of a silo. One silo trains; another, which was drained and does nothing else, serves the pages: what its process
/// takes with viewers more than without is theirs.
/// </summary>
internal static class ViewersBenchmark
{
    private const int Runs = 1000, Rounds = 3, Many = 24;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(12), s_settle = TimeSpan.FromSeconds(3);

    public static void Run() => ClusterRig.Run(blobs: false, RunAsync);

    private static async Task RunAsync(ClusterRig rig)
    {
        string location = rig.Files();
        await using ClusterStore store = await ClusterStore.OpenAsync(location, rig.BrokerUrl).ConfigureAwait(false);
        SiloChild serving = rig.StartSilo(location, "serving", "127.0.0.1:0");
        await DrainAsync(new SiloRegistry(store.Records), serving.Name).ConfigureAwait(false);
        rig.StartSilo(location, "training");
        CampaignPlan plan = await ClusterStore.SubmitAsync(store.Campaigns, ShortRuns.Document(0, Runs)).ConfigureAwait(false);
        await store.HandOverAsync(plan).ConfigureAwait(false);
        double[] without = new double[Rounds], one = new double[Rounds], many = new double[Rounds], asked = new double[Rounds], heard = new double[Rounds];
        for (int round = -1; round < Rounds; round++)
        {
            double nobody = (await ProcessorTime.SharesAsync(s_window, serving.Id).ConfigureAwait(false))[0];
            (double single, _, _) = await WatchAsync(serving, plan, 1).ConfigureAwait(false);
            (double all, double events, double requests) = await WatchAsync(serving, plan, Many).ConfigureAwait(false);
            // The first round warms it up.
            if (round >= 0)
                (without[round], one[round], many[round], heard[round], asked[round]) = (nobody, single, all, events, requests);
        }

        if ((await store.Campaigns.ActiveAsync().ConfigureAwait(false)).Count == 0)
            throw new InvalidOperationException("The campaign ended before its viewers left.");
        double[] costs = [.. many.Zip(without, (a, b) => a - b)];
        Measurement.Print("a silo that only serves, its share of one core: nobody watches", Measurement.Median(without), "%");
        Measurement.Print("  one viewer", Measurement.Median(one), "%");
        Measurement.Print($"  {Many} viewers", Measurement.Median(many), "%");
        Measurement.Print($"spent on {Many} viewers of a live campaign of {Runs:N0} runs", Measurement.Median(costs), "% of a core");
        Measurement.Print("  least of the rounds", costs.Min(), "%");
        Measurement.Print("  most of the rounds", costs.Max(), "%");
        Measurement.Print("  events that a viewer hears", Measurement.Median(heard), "/s");
        Measurement.Print("  requests that a viewer makes", Measurement.Median(asked), "/s");
    }

    private static async Task DrainAsync(SiloRegistry registry, string name)
    {
        string? asked = null;
        while (true)
        {
            SiloBeacon? said = (await registry.ListAsync().ConfigureAwait(false)).FirstOrDefault(s => s.Id.StartsWith(name, StringComparison.Ordinal));
            if (said?.State == SiloState.Drained)
                return;
            if (said is not null && asked is null)
                await registry.DrainAsync(asked = said.Id).ConfigureAwait(false);
            await Task.Delay(100).ConfigureAwait(false);
        }
    }

    private static async Task<(double Share, double Events, double Requests)> WatchAsync(SiloChild serving, CampaignPlan plan, int count)
    {
        using Process viewers = ChildProcess.Start(ChildRoles.View, serving.Url, plan.Id, count.ToString(CultureInfo.InvariantCulture));
        if (await viewers.StandardOutput.ReadLineAsync().ConfigureAwait(false) is null)
            throw new InvalidOperationException("The viewers do not see the campaign.");
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(s_settle).ConfigureAwait(false);
        double share = (await ProcessorTime.SharesAsync(s_window, serving.Id).ConfigureAwait(false))[0];
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds * count;
        SiloChild.Signal(viewers, "TERM");
        string[] told = (await viewers.StandardOutput.ReadToEndAsync().ConfigureAwait(false)).Split('\n');
        await viewers.WaitForExitAsync().ConfigureAwait(false);
        return (share, Figure(0) / seconds, Figure(1) / seconds);

        double Figure(int line) => double.Parse(told[line].Split('=')[1], CultureInfo.InvariantCulture);
    }
}
