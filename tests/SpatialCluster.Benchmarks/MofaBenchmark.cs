using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Benchmarks;

/// <summary>MOFA+ on the shape of a simulated slice (1,296 spots, 1,000 + 100 features), and how it grows with the spots.</summary>
internal static class MofaBenchmark
{
    // What mofapy2 took for one simulated slice, two threads.
    private const double Original = 15.7;

    private static readonly int[] s_widths = [1000, 100];

    public static void Run()
    {
        using var team = new ThreadTeam(Environment.ProcessorCount);
        (double small, int iterations) = Seconds(1296, new MofaOptions(), team);
        Measurement.Print($"whole training, 1,296 spots, 10 factors ({iterations} iterations)", small, "s", "≤ 2", small <= 2);
        Measurement.Print("mofapy2 on such a slice ÷ ours", Original / small, "×");
        var fixedLength = new MofaOptions { Iterations = 20, Convergence = MofaConvergence.Slow };
        double one = Seconds(9216, fixedLength, team).Seconds / 20 / 9216, ten = Seconds(92_160, fixedLength, team).Seconds / 20 / 92_160;
        Measurement.Print("iteration per spot, 9,216 spots", 1e6 * one, "µs");
        Measurement.Print("iteration per spot, 92,160 spots", 1e6 * ten, "µs");
        Measurement.Print("their ratio", ten / one, "×", "≤ 1.25", ten / one <= 1.25);
    }

    private static (double Seconds, int Iterations) Seconds(int spots, MofaOptions options, ThreadTeam team)
    {
        Matrix[] features = [.. s_widths.Select((width, m) => Planted(spots, width, (ulong)m))];
        var input = new MethodInput
        {
            Names = ["rna", "protein"],
            Kinds = [ModalityKind.Rna, ModalityKind.Protein],
            Features = features,
            Coordinates = new SpotCoordinates(new double[spots], new double[spots]),
        };
        int iterations = 0;
        double seconds = Measurement.Median(Measurement.Seconds(
            () =>
            {
                using MofaResult result = MofaTraining.Run(input, options, team, new TrainingControl());
                iterations = result.Losses.Epochs;
            },
            3));
        foreach (Matrix matrix in features)
            matrix.Dispose();
        return (seconds, iterations);
    }

    // Six factors, on a third of the features each.
    private static Matrix Planted(int spots, int width, ulong seed)
    {
        const int Factors = 6;
        RandomStream shared = new RandomStream(7).Derive("factors"), own = new RandomStream(7).Derive($"view {seed}");
        double[] loadings = [.. Enumerable.Range(0, width * Factors).Select(_ => own.NextDouble() < 1.0 / 3 ? own.NextGaussian() : 0)];
        var matrix = new Matrix(spots, width);
        var factors = new double[Factors];
        for (int spot = 0; spot < spots; spot++)
        {
            foreach (ref double z in factors.AsSpan())
                z = shared.NextGaussian();
            Span<float> row = matrix.Row(spot);
            for (int j = 0; j < width; j++)
            {
                double value = own.NextGaussian();
                for (int k = 0; k < Factors; k++)
                    value += factors[k] * loadings[(j * Factors) + k];
                row[j] = (float)value;
            }
        }

        return matrix;
    }
}
