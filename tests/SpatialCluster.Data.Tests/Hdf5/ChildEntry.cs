using System.Runtime.CompilerServices;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Isolation;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Hdf5;

/// <summary>
/// What this assembly does when it is started as a child process of one of its tests: the variable
/// <see cref="Variable"/> names the role, and the process ends before any test could run.
/// </summary>
internal static class ChildEntry
{
    public const string Variable = "SPATIALCLUSTER_TEST_CHILD";

    /// <summary>The command line of a child of that role.</summary>
    public static string[] Command(string role, params string[] arguments) =>
        ["/usr/bin/env", $"{Variable}={role}", "DOTNET_TieredCompilation=1", DotNet(), typeof(ChildEntry).Assembly.Location, .. arguments];

#pragma warning disable CA2255 // The entry point of a test assembly belongs to the test SDK.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunAsChild()
    {
        string? role = Environment.GetEnvironmentVariable(Variable);
        if (role is null)
            return;
        string[] arguments = Environment.GetCommandLineArgs()[1..];
        switch (role)
        {
            case "read":
                using (Stream output = Console.OpenStandardOutput())
                    IsolatedReader.Serve(() => Hdf5TableReader.Read(arguments[0], new ReadOptions()), output);
                break;
            case "crash":
                System.Runtime.InteropServices.Marshal.WriteInt32(8, 1);
                break;
            case "hang":
                Thread.Sleep(System.Threading.Timeout.Infinite);
                break;
            case "greedy":
                using (Stream output = Console.OpenStandardOutput())
                    IsolatedReader.Serve(Devour, output);
                break;
            case "fuzz":
                Hdf5Fuzzer.Run(int.Parse(arguments[0]), int.Parse(arguments[1]), arguments[2]);
                break;
            case "write-full":
                WriteFull(arguments[0]);
                break;
            default:
                throw new InvalidOperationException(role);
        }

        Environment.Exit(0);
    }

    private static string DotNet() => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private static MeasurementTable Devour()
    {
        var kept = new List<byte[]>();
        while (true)
        {
            byte[] more = new byte[1 << 24];
            Array.Fill(more, (byte)1);
            kept.Add(more);
        }
    }

    private static void WriteFull(string path)
    {
        var document = new AnnDataDocument
        {
            SpotNames = [.. Enumerable.Range(0, 1000).Select(i => $"s{i}")],
            FeatureNames = [],
            Streams = [new StreamedMatrix("denoised", 2000, static (_, _, block) => block.Fill(1.5f))],
        };
        try
        {
            AnnDataWriter.Write(path, document);
            Console.WriteLine("written");
        }
        catch (SpatialClusterException failure)
        {
            Console.WriteLine($"{failure.Kind}: {failure.Message}");
        }
    }
}
