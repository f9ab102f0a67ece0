namespace SpatialCluster.Benchmarks;

/// <summary>SpatialGlue epochs against the floor that their own products set, dense and sparse, at the rate of the best product.</summary>
internal static class SpatialGlueBenchmark
{
    private const int Spots = 9216;

    public static void Epochs()
    {
        using var one = new GlueBench(Spots, 1);
        using var two = new GlueBench(Spots, 2);
        double best = GemmBenchmark.BestGigaFlops() * 1e9;
        double floor = (one.DenseFlops + one.SparseFlops) / best;
        int epoch = 0;
        double[] seconds = Measurement.Interleaved(7, () => one.Train(epoch++), () => two.Train(epoch++));
        Measurement.Print("dense products", one.DenseFlops / Spots / 1000, "kFLOP/spot");
        Measurement.Print("sparse products", one.SparseFlops / Spots / 1000, "kFLOP/spot");
        Measurement.Print("epoch, 9,216 spots, 1 thread", seconds[0] * 1000, "ms");
        Measurement.Print("floor: both ÷ best product", floor * 1000, "ms");
        Measurement.Print("epoch ÷ floor, 1 thread", seconds[0] / floor, "×");

        double ratio = GemmBenchmark.TwoThreadRatio();
        Measurement.Print("bare product, 2 threads ÷ 1 thread", ratio, "× time");
        Measurement.Print("epoch, 2 threads ÷ 1 thread", seconds[1] / seconds[0], "× time");
    }
}
