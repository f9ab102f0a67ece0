using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Benchmarks;

/// <summary>Our products on the shapes that a SpaMI epoch is made of, one thread, tiles as in training.</summary>
internal static unsafe class GemmBenchmark
{
    /// <summary>Rows that a tile of the training has.</summary>
    private const int TileRows = 192;

    private const int Tiles = 8;

    private readonly record struct Shape(string Name, int Rows, int Inner, int Width, bool Transposed, double PerEpoch);

    // Per modality and spot: two encoder passes and one decoder, forward and backward, discriminators and attention.
    private static readonly Shape[] s_shapes =
    [
        new("encoder 1: tile × 50 · 50 × 256", TileRows, 50, 256, false, 2),
        new("encoder 2, decoder 1ᵀ…: tile × 256 · 256 × 64", TileRows, 256, 64, false, 2 + 1),
        new("decoder 1, encoder 2 back: tile × 64 · 64 × 256", TileRows, 64, 256, false, 1 + 2),
        new("decoder 2: tile × 256 · 256 × 50", TileRows, 256, 50, false, 1),
        new("decoder 2 back: tile × 50 · 50 × 256", TileRows, 50, 256, false, 1),
        new("weights 1: (tile × 50)ᵀ · tile × 256", 50, TileRows, 256, true, 2),
        new("weights 2: (tile × 256)ᵀ · tile × 64", 256, TileRows, 64, true, 2),
        new("decoder weights 1: (tile × 64)ᵀ · tile × 256", 64, TileRows, 256, true, 1),
        new("decoder weights 2: (tile × 256)ᵀ · tile × 50", 256, TileRows, 50, true, 1),
        new("attention, discriminator: tile × 64 · 64 × 64", TileRows, 64, 64, false, 6),
        new("their weights: (tile × 64)ᵀ · tile × 64", 64, TileRows, 64, true, 3),
    ];

    /// <summary>GFLOP/s over the products of one epoch, weighted by the time each takes; what the floors of other benchmarks divide by.</summary>
    public static double EpochGigaFlops(bool print = false, int runs = 5)
    {
        double seconds = 0, flops = 0, best = 0;
        var rates = new List<(Shape Shape, double Rate)>();
        foreach (Shape shape in s_shapes)
        {
            double rate = Rate(shape, runs);
            rates.Add((shape, rate));
            best = double.Max(best, rate);
            double work = 2.0 * shape.Rows * shape.Inner * shape.Width * shape.PerEpoch;
            flops += work;
            seconds += work / rate;
        }

        if (print)
        {
            foreach ((Shape shape, double rate) in rates)
                Measurement.Print($"  {shape.Name}", rate, $"GFLOP/s {rate / best:P0} of best");
        }

        return flops / seconds;
    }

    /// <summary>The best single-thread rate of a large cache-resident product.</summary>
    public static double BestGigaFlops(int runs = 7) => Rate(new Shape("large", TileRows, 256, 256, false, 1), runs);

    /// <summary>Time of a fixed amount of products on two threads over that on one: 0.5 where the second core is free.</summary>
    public static double TwoThreadRatio()
    {
        using var two = new ThreadTeam(2);
        using Arena arena = Arena.OfSize(64 << 20);
        const int Units = 16;
        var random = new RandomStream(1);
        Matrix a = Filled(arena, TileRows * Units, 256, random), b = Filled(arena, 256, 64, random), c = arena.Allocate(TileRows * Units, 64);
        var packed = new PackedMatrix(256, 64, arena);
        packed.Pack(b);
        Action<int> unit = t =>
        {
            for (int i = 0; i < 40; i++)
                Gemm.Run(Gemm.Rows(a, t * TileRows, (t + 1) * TileRows, packed, c.Data + ((long)t * TileRows * c.Stride), c.Stride));
        };
        var ratios = new List<double>();
        for (int i = 0; i < 5; i++)
        {
            double one = Measurement.Seconds(() => { for (int t = 0; t < Units; t++) unit(t); }, 3).Min();
            ratios.Add(Measurement.Seconds(() => two.For(Units, unit), 3).Min() / one);
        }

        return Measurement.Median(ratios);
    }

    public static void Run()
    {
        double peak = PeakLoop.GigaFlops();
        double best = BestGigaFlops();
        Measurement.Print("register-only FMA loop, 1 thread", peak, "GFLOP/s");
        Measurement.Print("best product (192 × 256 · 256 × 256)", best, "GFLOP/s");
        Measurement.Print("best product ÷ register-only loop", best / peak, "", "≥ 0.75", best / peak >= 0.75);
        double epoch = EpochGigaFlops(print: true);
        best = double.Max(best, BestGigaFlops());
        Measurement.Print("products of one epoch, time-weighted ÷ best product", epoch / best, "", "≥ 0.80", epoch / best >= 0.80);
    }

    private static double Rate(Shape shape, int runs)
    {
        using Arena arena = Arena.OfSize(64 << 20);
        var random = new RandomStream(1);
        int aRows = shape.Transposed ? shape.Inner : shape.Rows, aColumns = shape.Transposed ? shape.Rows : shape.Inner;
        Matrix a = Filled(arena, aRows * Tiles, aColumns, random);
        Matrix b = Filled(arena, shape.Inner * (shape.Transposed ? Tiles : 1), shape.Width, random);
        Matrix c = arena.Allocate(shape.Transposed ? shape.Rows : shape.Rows * Tiles, shape.Width);
        var packed = new PackedMatrix(shape.Transposed ? 1 : shape.Inner, shape.Width, arena);
        if (!shape.Transposed)
            packed.Pack(b);
        double work = 2.0 * shape.Rows * shape.Inner * shape.Width * Tiles;
        int repeats = int.Max(1, (int)(4e8 / work));
        double[] seconds = Measurement.Seconds(
            () =>
            {
                for (int i = 0; i < repeats; i++)
                {
                    for (int t = 0; t < Tiles; t++)
                    {
                        Gemm.Run(shape.Transposed
                            ? Gemm.Transposed(a.Data + ((long)t * aRows * a.Stride), a.Stride, aColumns, b.Data + ((long)t * shape.Inner * b.Stride), b.Stride, b.Stride, shape.Inner, c, accumulate: true)
                            : Gemm.Rows(a, t * aRows, (t + 1) * aRows, packed, c.Data + ((long)t * shape.Rows * c.Stride), c.Stride));
                    }
                }
            },
            runs);
        return work * repeats / seconds.Min() / 1e9;
    }

    private static Matrix Filled(Arena arena, int rows, int columns, RandomStream random)
    {
        Matrix matrix = arena.Allocate(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref float value in matrix.Row(i))
                value = (float)random.NextDouble() * 1e-3f;
        }

        return matrix;
    }
}
