using System.Globalization;
using System.Text;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>
/// Random campaigns on random silos with random faults that overlap, thousands of times. SPATIALCLUSTER_SIMULATION_SEEDS=FIRST-LAST
/// plays others than these; a failure prints its seed with all that happened, and SPATIALCLUSTER_SIMULATION_SEEDS=SEED plays it again.
/// SPATIALCLUSTER_SIMULATION_LOGS=FOLDER gets a file for every seed that failed.
/// </summary>
public sealed class SimulationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Variable = "SPATIALCLUSTER_SIMULATION_SEEDS";
    private const string Folder = "SPATIALCLUSTER_SIMULATION_LOGS";
    private const int MostShown = 3;

    [Fact]
    public void Play_OfAnySchedule_EndsEverythingExactlyOnce()
    {
        (int first, int last) = Seeds();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        int next = first - 1;
        var failures = new SortedDictionary<int, string>();
        var settling = new List<double>();
        Thread[] players = [.. Enumerable.Range(0, Math.Min(Environment.ProcessorCount, 8)).Select(_ => new Thread(PlayAll, 64 << 20))];
        foreach (Thread player in players)
            player.Start();
        foreach (Thread player in players)
            player.Join();
        settling.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{last - first + 1} schedules in {clock.Elapsed.TotalSeconds:F1} s; settled after {settling[settling.Count / 2]:F0} s (median), {settling[settling.Count * 99 / 100]:F0} s (99 %), {settling[^1]:F0} s (most)."));
        failures.Count.ShouldBe(0, string.Join("\n\n", failures.Values.Take(MostShown)) + $"\n{failures.Count} of {last - first + 1} seeds: {string.Join(' ', failures.Keys)}");

        void PlayAll()
        {
            while (Interlocked.Increment(ref next) is var seed && seed <= last)
            {
                (string? failure, TimeSpan settled) = PlayOne(seed, failures.Count >= MostShown);
                lock (failures)
                {
                    settling.Add(settled.TotalSeconds);
                    if (failure is not null)
                        failures[seed] = failure;
                }
            }
        }
    }

    [Fact]
    public void Play_OfOneSeedTwice_DoesTheSame()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            var traces = new List<ulong>();
            SimCluster.Play(() =>
            {
                for (int run = 0; run < 2; run++)
                {
                    var schedule = new SimSchedule(seed, writesLog: false);
                    schedule.Play();
                    traces.Add(schedule.Cluster.Loop.Trace);
                }
            });
            traces[1].ShouldBe(traces[0], $"seed {seed}");
        }
    }

    private static (string? Failure, TimeSpan Settled) PlayOne(int seed, bool quiet)
    {
        string? folder = Environment.GetEnvironmentVariable(Folder);
        SimSchedule schedule = Played(seed, writesLog: folder is not null, out string? broken);
        if (schedule.Wrong.Count == 0 && broken is null)
            return (null, schedule.Settling);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Seed {seed}:");
        foreach (string wrong in schedule.Wrong)
            text.AppendLine("  " + wrong);
        text.AppendLine(broken);
        if (!quiet || folder is not null)
        {
            SimSchedule again = Played(seed, writesLog: true, out _);
            if (again.Cluster.Loop.Trace != schedule.Cluster.Loop.Trace)
                text.AppendLine("  (Played again it went otherwise; what follows is the second time.)");
            foreach (string line in again.Cluster.Loop.Log)
                text.AppendLine(line);
            if (folder is not null)
            {
                File.WriteAllText(Path.Combine(folder, $"seed-{seed}.txt"), text.ToString());
                File.WriteAllLines(Path.Combine(folder, $"seed-{seed}-first.txt"), schedule.Cluster.Loop.Log);
            }
        }

        return (text.ToString(), schedule.Settling);
    }

    private static SimSchedule Played(int seed, bool writesLog, out string? broken)
    {
        var schedule = new SimSchedule(seed, writesLog);
        broken = null;
        try
        {
            schedule.Play();
        }
        catch (Exception failure)
        {
            broken = failure.ToString();
        }

        return schedule;
    }

    private static (int First, int Last) Seeds()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } wanted)
            return (1, 2500);
        int[] ends = [.. wanted.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        return (ends[0], ends[^1]);
    }
}
