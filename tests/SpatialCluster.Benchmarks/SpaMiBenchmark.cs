using System.Diagnostics;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Benchmarks;

/// <summary>SpaMI epochs against the floor that our own products set: 1.1 MFLOP per spot.</summary>
internal static class SpaMiBenchmark
{
    private const double FlopsPerSpot = 1.1e6;

    private static readonly string[] s_modalities = ["rna", "protein"];

    public static void Epochs()
    {
        double one = Epoch(9216, 1, 5), rate = GemmBenchmark.EpochGigaFlops();
        double floor = FlopsPerSpot * 9216 / (GemmBenchmark.BestGigaFlops() * 1e9);
        Measurement.Print("epoch, 9,216 spots, 1 thread", one * 1000, "ms");
        Measurement.Print("floor: 1.1 MFLOP per spot ÷ best product", floor * 1000, "ms");
        Measurement.Print("time in products, at their own rates", FlopsPerSpot * 9216 / (rate * 1e6), "ms");
        Measurement.Print("epoch ÷ floor, 1 thread", one / floor, "×", "≤ 1.6", one / floor <= 1.6);

        // The bare product on two threads: what the machine gives to a second thread at all.
        double gemmRatio = GemmBenchmark.TwoThreadRatio();
        double two = Epoch(9216, 2, 5);
        Measurement.Print("bare product, 2 threads ÷ 1 thread", gemmRatio, "× time");
        Measurement.Print("epoch, 2 threads ÷ 1 thread", two / one, "× time", $"≤ {1.1 * gemmRatio:0.###}", two / one <= 1.1 * gemmRatio);
    }

    public static void Run1296()
    {
        double best = GemmBenchmark.BestGigaFlops(), ratio = GemmBenchmark.TwoThreadRatio();
        double floor = 1000 * FlopsPerSpot * 1296 / (best * 1e9) * ratio;
        using var run = new Bench(1296, 2);
        long start = Stopwatch.GetTimestamp();
        for (int epoch = 0; epoch < 1000; epoch++)
            run.Train(epoch);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Measurement.Print("1,000 epochs, 1,296 spots, 2 threads", seconds, "s", "≤ 14", seconds <= 14);
        Measurement.Print("÷ floor on 2 threads", seconds / floor, "×", "≤ 1.6", seconds / floor <= 1.6);
    }

    public static void Large()
    {
        double small = Epoch(9216, 2, 5) / 9216;
        double large = Epoch(100_000, 2, 3) / 100_000;
        Measurement.Print("time per spot, 100,000 ÷ 9,216 spots, 2 threads", large / small, "×", "≤ 1.25", large / small <= 1.25);
        double resident = Process.GetCurrentProcess().PeakWorkingSet64 / 1e9;
        Measurement.Print("peak resident so far, 100,000 spots", resident, "GB", "≤ 1.6", resident <= 1.6);
    }

    public static void Million()
    {
        double seconds = Epoch(1_000_000, 2, 1, warmUp: 0);
        double resident = Process.GetCurrentProcess().PeakWorkingSet64 / 1e9;
        Measurement.Print("one epoch, 1,000,000 spots, 2 threads", seconds, "s");
        Measurement.Print("peak resident, 1,000,000 spots", resident, "GB", "≤ 15", resident <= 15);
    }

    private static double Epoch(int spots, int threads, int runs, int warmUp = 2)
    {
        using var run = new Bench(spots, threads);
        for (int i = 0; i < warmUp; i++)
            run.Train(i);
        var seconds = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run.Train(warmUp + i);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return Measurement.Median(seconds);
    }

    /// <summary>A network on random features and a square lattice's neighbourhood.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly ThreadTeam _team;
        private readonly Matrix[] _features;
        private readonly Arena _arena;
        private readonly SpaMiNetwork _network;

        public Bench(int spots, int threads)
        {
            _team = new ThreadTeam(threads);
            var random = new RandomStream(1);
            _features = [Features(spots, random), Features(spots, random)];
            SpaMiGraphs graphs = Lattice(spots);
            var options = new SpaMiOptions();
            Arena measure = Arena.Measure();
            _ = new SpaMiNetwork(s_modalities, _features, graphs, options, 0, threads, measure);
            _arena = Arena.OfSize(measure.UsedBytes);
            _network = new SpaMiNetwork(s_modalities, _features, graphs, options, 0, threads, _arena);
            _network.Initialise();
        }

        public void Train(int epoch) => _network.Train(epoch, _team);

        public void Dispose()
        {
            _arena.Dispose();
            foreach (Matrix matrix in _features)
                matrix.Dispose();
            _team.Dispose();
        }

        private static Matrix Features(int spots, RandomStream random)
        {
            var matrix = new Matrix(spots, 50);
            for (int i = 0; i < spots; i++)
            {
                foreach (ref float value in matrix.Row(i))
                    value = (float)((2 * random.NextDouble()) - 1);
            }

            return matrix;
        }

        /// <summary>Each spot with its right, left and lower neighbour: about as many edges as three nearest neighbours, symmetrised, give.</summary>
        private static SpaMiGraphs Lattice(int spots)
        {
            int side = (int)Math.Sqrt(spots);
            var pointers = new long[spots + 1];
            var columns = new List<int>();
            for (int i = 0; i < spots; i++)
            {
                foreach (int j in new[] { i - side, i - 1, i, i + 1, i + side })
                {
                    if (j >= 0 && j < spots)
                        columns.Add(j);
                }

                pointers[i + 1] = columns.Count;
            }

            var graph = new CsrMatrix(spots, spots, pointers, [.. columns], [.. columns.Select(_ => 0.2f)]);
            return new SpaMiGraphs(graph, graph);
        }
    }
}
