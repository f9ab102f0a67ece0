namespace SpatialCluster.Benchmarks;

/// <summary>The benchmarks by name; each prints its figures, and beside each the target it is held to.</summary>
internal static class BenchmarkSuite
{
    private static readonly (string Name, string What, Action Run)[] s_benchmarks =
    [
        ("gemm", "matrix products on the shapes of SpaMI, against a register-only loop", GemmBenchmark.Run),
        ("epoch", "SpaMI epoch at 9,216 spots against its floor", SpaMiBenchmark.Epochs),
        ("spami", "the whole 1,000-epoch run at 1,296 spots", SpaMiBenchmark.Run1296),
        ("large", "the same epoch at 100,000 spots: time per spot and memory", SpaMiBenchmark.Large),
        ("quality", "ARI on the simulated slices, five seeds, beside the original's", QualityBenchmark.Run),
        ("million", "one epoch at 1,000,000 spots", SpaMiBenchmark.Million),
    ];

    public static int Run(string[] names)
    {
        if (names.Length == 0 || names[0] is "--help" or "-h")
        {
            Console.WriteLine("usage: dotnet run -c Release --project tests/SpatialCluster.Benchmarks -- NAME… | all");
            foreach ((string name, string what, _) in s_benchmarks)
                Console.WriteLine($"  {name,-10} {what}");
            return names.Length == 0 ? 2 : 0;
        }

        foreach (string wanted in names)
        {
            (string Name, string What, Action Run)[] chosen = [.. s_benchmarks.Where(b => wanted == "all" || b.Name == wanted)];
            if (chosen.Length == 0)
            {
                Console.Error.WriteLine($"There is no benchmark '{wanted}'; --help lists them.");
                return 2;
            }

            foreach ((string name, string what, Action run) in chosen)
            {
                Console.WriteLine($"# {name}: {what}");
                run();
                Console.WriteLine();
            }
        }

        return 0;
    }
}
