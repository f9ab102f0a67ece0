using System.Globalization;

namespace SpatialCluster.Benchmarks;

/// <summary>This process's resident memory in bytes, as the kernel counts it.</summary>
internal static class ResidentMemory
{
    public static double Now => Read("VmRSS:");

    public static double Peak => Read("VmHWM:");

    private static double Read(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(key, StringComparison.Ordinal));
        return 1024 * double.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
