using System.Globalization;
using SpatialCluster.Benchmarks.Cluster;

namespace SpatialCluster.Benchmarks;

/// <summary>What a child process can be asked to do.</summary>
internal static class ChildRoles
{
    public const string Epochs = "epochs", Read = "read", Integrate = "integrate", Silo = "silo", View = "view";

    public static int Run(string[] arguments)
    {
        switch (arguments[0])
        {
            case Epochs:
                int[] numbers = [.. arguments[1..].Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
                ChildProcess.Tell("seconds", SpaMiBenchmark.Epoch(numbers[0], numbers[1], numbers[2], numbers[3]));
                ChildProcess.Tell("peak", ResidentMemory.Peak);
                return 0;
            case Read:
                ReadingBenchmark.Child(arguments[1]);
                return 0;
            case Integrate:
                IntegrationBenchmark.Child(arguments[1]);
                return 0;
            case Silo:
                TrivialSilo.RunAsync(arguments[1], arguments[2], arguments[3]).GetAwaiter().GetResult();
                return 0;
            case View:
                Viewers.RunAsync(arguments[1], arguments[2], int.Parse(arguments[3], CultureInfo.InvariantCulture)).GetAwaiter().GetResult();
                return 0;
            default:
                Console.Error.WriteLine($"A child cannot '{arguments[0]}'.");
                return 2;
        }
    }
}
