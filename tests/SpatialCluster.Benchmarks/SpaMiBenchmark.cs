using System.Diagnostics;
using System.Globalization;

namespace SpatialCluster.Benchmarks;

/// <summary>SpaMI epochs against the floor that our own products set: 1.1 MFLOP per spot.</summary>
internal static class SpaMiBenchmark
{
    private const double FlopsPerSpot = 1.1e6;

    public static void Epochs()
    {
        double one = Epoch(9216, 1, 5), rate = GemmBenchmark.EpochGigaFlops();
        double floor = FlopsPerSpot * 9216 / (GemmBenchmark.BestGigaFlops() * 1e9);
        Measurement.Print("epoch, 9,216 spots, 1 thread", one * 1000, "ms");
        Measurement.Print("floor: 1.1 MFLOP per spot ÷ best product", floor * 1000, "ms");
        Measurement.Print("time in products, at their own rates", FlopsPerSpot * 9216 / (rate * 1e6), "ms");
        Measurement.Print("epoch ÷ floor, 1 thread", one / floor, "×", "≤ 1.6", one / floor <= 1.6);

        // The bare product on two threads: what the machine gives to a second thread at all.
        double gemmRatio = GemmBenchmark.TwoThreadRatio();
        double two = Epoch(9216, 2, 5);
        Measurement.Print("bare product, 2 threads ÷ 1 thread", gemmRatio, "× time");
        Measurement.Print("epoch, 2 threads ÷ 1 thread", two / one, "× time", $"≤ {1.1 * gemmRatio:0.###}", two / one <= 1.1 * gemmRatio);
    }

    public static void Run1296()
    {
        double best = GemmBenchmark.BestGigaFlops(), ratio = GemmBenchmark.TwoThreadRatio();
        double floor = 1000 * FlopsPerSpot * 1296 / (best * 1e9) * ratio;
        using var run = new TrainingBench(1296, 2);
        long start = Stopwatch.GetTimestamp();
        for (int epoch = 0; epoch < 1000; epoch++)
            run.Train(epoch);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Measurement.Print("1,000 epochs, 1,296 spots, 2 threads", seconds, "s", "≤ 14", seconds <= 14);
        Measurement.Print("÷ floor on 2 threads", seconds / floor, "×", "≤ 1.6", seconds / floor <= 1.6);
    }

    public static void Large()
    {
        const int Small = 9216, Large = 100_000;
        var small = new List<double>();
        var large = new List<double>();
        double peak = 0;
        for (int round = 0; round < 3; round++)
        {
            small.Add(Child(Small, 2, 5, 2).Of("seconds") / Small);
            IReadOnlyList<KeyValuePair<string, double>> run = Child(Large, 2, 3, 1);
            large.Add(run.Of("seconds") / Large);
            peak = run.Of("peak");
        }

        double ratio = Measurement.Median(large) / Measurement.Median(small);
        Measurement.Print("epoch per spot, 9,216 spots, 2 threads", 1e6 * Measurement.Median(small), "µs");
        Measurement.Print("epoch per spot, 100,000 spots, 2 threads", 1e6 * Measurement.Median(large), "µs");
        Measurement.Print("their ratio", ratio, "×", "≤ 1.25", ratio <= 1.25);
        Measurement.Print("peak resident, 100,000 spots", peak / 1e9, "GB", "≤ 1.6", peak <= 1.6e9);
    }

    public static void Million()
    {
        IReadOnlyList<KeyValuePair<string, double>> run = Child(1_000_000, 2, 1, 0);
        Measurement.Print("one epoch, 1,000,000 spots, 2 threads", run.Of("seconds"), "s");
        Measurement.Print("peak resident, 1,000,000 spots", run.Of("peak") / 1e9, "GB", "≤ 15", run.Of("peak") <= 15e9);
    }

    /// <summary>Median seconds of an epoch.</summary>
    public static double Epoch(int spots, int threads, int runs, int warmUp = 2)
    {
        using var run = new TrainingBench(spots, threads);
        for (int i = 0; i < warmUp; i++)
            run.Train(i);
        var seconds = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            int epoch = warmUp + i;
            seconds[i] = Measurement.Once(() => run.Train(epoch));
        }

        return Measurement.Median(seconds);
    }

    private static IReadOnlyList<KeyValuePair<string, double>> Child(params int[] numbers) =>
        ChildProcess.Run([ChildRoles.Epochs, .. numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))]);
}
