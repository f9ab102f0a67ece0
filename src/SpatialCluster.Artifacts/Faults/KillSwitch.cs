using System.Diagnostics;
using System.Globalization;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Faults;

/// <summary>Ends the process, as a power cut would, when it comes to a point for the n-th time.</summary>
internal sealed class KillSwitch(string point, int count)
{
    private int _left = count;

    /// <summary>Reads <c>name[:count]</c>.</summary>
    /// <returns>What to call at each point; null where nothing is set.</returns>
    /// <exception cref="BadInputException">The count is no positive number.</exception>
    public static Action<string>? FromEnvironment(string? setting)
    {
        if (string.IsNullOrEmpty(setting))
            return null;
        string[] parts = setting.Split(':', 2);
        int count = 1;
        if (parts[0].Length == 0 || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count < 1)))
            throw new BadInputException($"{FaultPoint.Variable}='{setting}' arms nothing: it is the name of a point, or name:count with a count from 1.");
        return new KillSwitch(parts[0], count).Reach;
    }

    private void Reach(string name)
    {
        if (name != point || Interlocked.Decrement(ref _left) != 0)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // The signal may take a moment, and nothing may happen in it.
        Thread.Sleep(Timeout.Infinite);
    }
}
