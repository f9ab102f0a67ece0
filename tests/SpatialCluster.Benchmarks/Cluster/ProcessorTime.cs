using System.Diagnostics;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>What a process takes of the processor.</summary>
internal static class ProcessorTime
{
    /// <summary>Seconds so far, of all its threads.</summary>
    public static double Of(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>What processes take of one core for a while, in per cent.</summary>
    public static async Task<double[]> SharesAsync(TimeSpan time, params int[] processes)
    {
        double[] before = [.. processes.Select(Of)];
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(time).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return [.. processes.Select((process, i) => (Of(process) - before[i]) / seconds * 100)];
    }
}
