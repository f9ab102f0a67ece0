using System.Diagnostics;

namespace SpatialCluster.Cli.Integration;

/// <summary>The largest resident memory of this process so far.</summary>
internal static class PeakMemory
{
    public static double Megabytes
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return Math.Round(self.PeakWorkingSet64 / 1048576.0, 1);
        }
    }
}
