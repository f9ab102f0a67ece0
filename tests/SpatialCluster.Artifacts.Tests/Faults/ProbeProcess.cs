using System.Diagnostics;
using System.Runtime.InteropServices;
using SpatialCluster.Artifacts.Faults;

namespace SpatialCluster.Tests.Artifacts.Faults;

/// <summary>A child that uses a store.</summary>
internal static class ProbeProcess
{
    public static Process Start(string? fault, params string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet");
        var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "SpatialCluster.StoreProbe.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment.Remove(FaultPoint.Variable);
        if (fault is not null)
            start.Environment[FaultPoint.Variable] = fault;
        return Process.Start(start)!;
    }

    /// <summary>Starts two, lets both go at a time, and waits for their ends.</summary>
    /// <returns>The number that each printed.</returns>
    public static int[] Race(string call, string folder, int times)
    {
        Process[] both = [.. new[] { "one", "two" }.Select(name => Start(null, call, folder, name, $"{times}"))];
        foreach (Process process in both)
            process.StandardOutput.ReadLine().ShouldBe("ready");
        foreach (Process process in both)
            process.StandardInput.WriteLine("go");
        return [.. both.Select(process =>
        {
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0);
            process.Dispose();
            return int.Parse(said);
        })];
    }
}
