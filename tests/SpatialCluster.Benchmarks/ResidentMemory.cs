using System.Globalization;

namespace SpatialCluster.Benchmarks;

/// <summary>This process's resident memory in bytes, as the kernel counts it.</summary>
internal static class ResidentMemory
{
    public static double Now => Read("VmRSS:");

    public static double Peak => Read("VmHWM:");

    /// <summary>The peak of another process; 0 where it has just ended.</summary>
    public static double PeakOf(int process)
    {
        try
        {
            return Read("VmHWM:", $"{process}");
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // A process that has ended but not been waited for has a status without memory.
    private static double Read(string key, string process = "self")
    {
        string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal));
        return line is null ? 0 : 1024 * double.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
