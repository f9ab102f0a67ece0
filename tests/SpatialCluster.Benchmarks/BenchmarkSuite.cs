using SpatialCluster.Benchmarks.Cluster;

namespace SpatialCluster.Benchmarks;

/// <summary>The benchmarks by name; each prints its figures, and beside each the target it is held to.</summary>
internal static class BenchmarkSuite
{
    // In this order: what others are measured by first, what takes the most memory last.
    private static readonly (string Name, string What, Action Run)[] s_benchmarks =
    [
        ("gemm", "matrix products on the shapes of SpaMI, against a register-only loop", GemmBenchmark.Run),
        ("epoch", "SpaMI epoch at 9,216 spots against its floor", SpaMiBenchmark.Epochs),
        ("spami", "the whole 1,000-epoch run at 1,296 spots", SpaMiBenchmark.Run1296),
        ("spatialglue", "SpatialGlue epoch at 9,216 spots against its floor", SpatialGlueBenchmark.Epochs),
        ("reading", "reading a 9,216 × 20,000 h5ad, plain and gzipped: speed and memory", ReadingBenchmark.Run),
        ("store", "the artifact store on a file system: small artifacts per second, large ones in MB/s", StoreBenchmark.Run),
        ("campaign", "what campaigns cost beside their work: trivial grains, and the demo's first seed", CampaignBenchmark.Run),
        ("scaling", "200 short runs on two silos on a broker, against one", ScalingBenchmark.Run),
        ("overhead", "what a grain costs more on a broker and blobs than in one process on files", OverheadBenchmark.Run),
        ("lost-silo", "a silo is killed, or frozen: the time until its grain runs elsewhere", LostSiloBenchmark.Run),
#if ORLEANS
        ("orleans", "the engine on Microsoft Orleans beside the one on a broker", OrleansBenchmark.Run),
#endif
        ("broker", "10,000 trivial grains through one broker and four silos", BrokerBenchmark.Run),
        ("idle", "what silos take that have nothing to do", IdleBenchmark.Run),
        ("viewers", "what 24 viewers of a live campaign take of a silo", ViewersBenchmark.Run),
        ("picture", "the first picture of a slice of 100,000 spots in a browser", PictureBenchmark.Run),
        ("neighbours", "neighbours in space and in features, the fuzzy graph and Leiden", NeighbourBenchmark.Run),
        ("clusterers", "k-means and a Gaussian mixture at 10,000 × 20, against scikit-learn where it is there", ClusterersBenchmark.Run),
        ("umap", "the layout of 10,000 × 30 points, against umap-learn where it is there", UmapBenchmark.Run),
        ("wnn", "weighted nearest neighbours at 9,216 spots, and their part of neighbour search", WnnBenchmark.Run),
        ("integrate", "memory of a whole integration at 9,216 spots × 2 modalities", IntegrationBenchmark.Run),
        ("mofa", "MOFA+ at 1,296 spots beside mofapy2, and how it grows with the spots", MofaBenchmark.Run),
        ("quality", "ARI on the simulated slices, five seeds, beside the original's", QualityBenchmark.Run),
        ("large", "the epoch at 100,000 spots: time per spot and memory", SpaMiBenchmark.Large),
        ("million", "one epoch at 1,000,000 spots (14 GB)", SpaMiBenchmark.Million),
    ];

    /// <summary>Runs what the command line names.</summary>
    /// <param name="arguments">Names, or <c>all</c>; <c>--markdown</c> or <c>--json</c> for a table on standard output.</param>
    /// <returns>0; 1 where a target was missed; 2 for a name that is not known.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is [ChildProcess.Switch, ..])
            return ChildRoles.Run(arguments[1..]);
        string[] options = [.. arguments.Where(a => a.StartsWith('-'))];
        string[] names = [.. arguments.Except(options)];
        string? unknown = options.FirstOrDefault(o => o is not ("--markdown" or "--json" or "--help" or "-h"))
            ?? names.FirstOrDefault(n => n != "all" && !s_benchmarks.Any(b => b.Name == n));
        if (unknown is not null)
        {
            Console.Error.WriteLine($"There is no benchmark or option '{unknown}'; --help lists them.");
            return 2;
        }

        if (names.Length == 0 || options.Contains("--help") || options.Contains("-h"))
        {
            Help();
            return options.Contains("--help") || options.Contains("-h") ? 0 : 2;
        }

        Func<IEnumerable<Figure>, string>? table = options.Contains("--json") ? FigureTable.Json : options.Contains("--markdown") ? FigureTable.Markdown : null;
        if (table is not null)
            Measurement.Output = Console.Error;
        foreach ((string name, string what, Action run) in s_benchmarks.Where(b => names.Contains("all") || names.Contains(b.Name)))
        {
            Measurement.Benchmark = name;
            Measurement.Output.WriteLine($"# {name}: {what}");
            run();
            Measurement.Output.WriteLine();
        }

        if (table is not null)
            Console.Write(table(Measurement.Figures));
        return Measurement.Figures.Any(f => f.Met == false) ? 1 : 0;
    }

    private static void Help()
    {
        Console.WriteLine("usage: dotnet run -c Release --project tests/SpatialCluster.Benchmarks -- NAME… | all [--markdown | --json]");
        foreach ((string name, string what, _) in s_benchmarks)
            Console.WriteLine($"  {name,-12} {what}");
        Console.WriteLine("  --markdown   a table of the figures on standard output, the rest on standard error");
        Console.WriteLine("  --json       the same as JSON");
    }
}
