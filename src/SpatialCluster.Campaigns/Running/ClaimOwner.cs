using System.Globalization;

namespace SpatialCluster.Campaigns.Running;

/// <summary>A process that works on grains, told so that another on the same machine can see whether it still lives.</summary>
/// <param name="Id">Unlike every other.</param>
/// <param name="Place">The machine's present boot and process namespace; empty where the system tells neither.</param>
/// <param name="Process">Its number there.</param>
/// <param name="Started">When it started, in the system's ticks.</param>
public sealed record ClaimOwner(string Id, string Place, int Process, string Started)
{
    private const int FirstProcess = 1;

    private static readonly Lazy<string> s_place = new(FindPlace);

    /// <summary>This process.</summary>
    /// <returns>A fresh owner: two in one process are two owners.</returns>
    public static ClaimOwner Create() =>
        new(Guid.NewGuid().ToString("n"), s_place.Value, Environment.ProcessId, StartOf(Environment.ProcessId) ?? "");

    /// <summary>Whether the owner is known to be dead. One on another machine never is.</summary>
    /// <remarks>Where processes of others are hidden, none is known to be dead.</remarks>
    public bool IsDead => Place.Length > 0 && Place == s_place.Value && StartOf(FirstProcess) is not null && StartOf(Process) != Started;

    private static string FindPlace()
    {
        const string Boot = "/proc/sys/kernel/random/boot_id";
        const string Namespace = "/proc/self/ns/pid";
        return File.Exists(Boot) && File.Exists(Namespace) ? $"{File.ReadAllText(Boot).Trim()} {new FileInfo(Namespace).LinkTarget}" : "";
    }

    // The 22nd field of stat; the second may hold spaces and parentheses, and ends with the last of these.
    private static string? StartOf(int process)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
