using System.Diagnostics;

namespace SpatialCluster.Benchmarks;

/// <summary>Timing in one process: repeated, interleaved with the baseline where there is one, medians quoted.</summary>
internal static class Measurement
{
    /// <summary>Seconds of each of several runs, after one that is not counted.</summary>
    public static double[] Seconds(Action action, int runs)
    {
        action();
        var seconds = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>One line: the figure, its unit, the target and whether it is met.</summary>
    public static void Print(string what, double value, string unit, string target, bool met) =>
        Console.WriteLine($"{what,-64} {value,10:0.###} {unit,-10} target {target,-22} {(met ? "met" : "MISSED")}");

    public static void Print(string what, double value, string unit) => Console.WriteLine($"{what,-64} {value,10:0.###} {unit}");
}
