using SpatialCluster.Data.Slices;
using SpatialCluster.Simulation.Modalities;
using SpatialCluster.Simulation.Sampling;

namespace SpatialCluster.Simulation.Tests;

public sealed class SimulatedMomentsTests
{
    [Theory]
    [InlineData("rna")]
    [InlineData("protein")]
    [InlineData("atac")]
    [InlineData("metabolite")]
    public void Simulate_EachModality_HasTheMomentsOfItsFormula(string name)
    {
        SimulatedModality parameters = SimulatedModality.Named(name) with { Features = 120 };
        Slice slice = SliceSimulator.Simulate(new SimulationOptions { Rows = 60, Columns = 60, Modalities = [parameters], Seed = 5 });
        Modality modality = slice.Modalities[0];
        int[] domains = slice.Annotations[0].Codes;
        int[] factors = modality.FeatureAnnotations[0].Codes;
        for (int factor = 0; factor < 4; factor++)
        {
            foreach (bool active in (bool[])[false, true])
            {
                int[] features = [.. Enumerable.Range(0, factors.Length).Where(j => factors[j] == factor)];
                int[] spots = [.. Enumerable.Range(0, slice.Spots).Where(i => (domains[i] == factor + 1) == active)];
                (double mean, double square, double zeros) = Expected(parameters, active);
                Check(modality, spots, features, x => x, mean, "mean");
                Check(modality, spots, features, x => x * x, square, "mean square");
                Check(modality, spots, features, x => x == 0 ? 1 : 0, zeros, "zero fraction");
            }
        }
    }

    [Fact]
    public void Simulate_NoiseAwayFromTheClipping_IsNormalOfTheStatedDeviation()
    {
        SimulatedModality high = SimulatedModality.Protein with { Features = 100, Background = 5000 };
        var options = new SimulationOptions { Rows = 36, Columns = 36, Modalities = [high], Seed = 6 };
        float[] clean = Dense(SliceSimulator.Simulate(options));
        float[] noisy = Dense(SliceSimulator.Simulate(options with { NoiseLevel = 0.8 }));
        double[] noise = [.. clean.Zip(noisy, (a, b) => ((double)b - a) / 16)];
        double n = noise.Length;
        // Standard errors of the first, second and fourth moment of a standard normal: 1, √2, √96.
        Math.Abs(noise.Sum() / n).ShouldBeLessThan(5 / Math.Sqrt(n));
        Math.Abs(noise.Sum(z => z * z) / n - 1).ShouldBeLessThan(5 * Math.Sqrt(2 / n));
        Math.Abs(noise.Sum(z => z * z * z * z) / n - 3).ShouldBeLessThan(5 * Math.Sqrt(96 / n));
    }

    internal static float[] Dense(Slice slice, int modality = 0)
    {
        Compute.Sparse.CsrMatrix counts = slice.Modalities[modality].Counts;
        var values = new float[counts.Rows * counts.Columns];
        for (int row = 0; row < counts.Rows; row++)
        {
            for (int e = 0; e < counts.RowColumns(row).Length; e++)
                values[row * counts.Columns + counts.RowColumns(row)[e]] = counts.RowValues(row)[e];
        }

        return values;
    }

    // Features share their spot's non-spatial factors, spots share nothing: the averages per spot are independent, so that
    // their own spread gives the standard error.
    private static void Check(Modality modality, int[] spots, int[] features, Func<double, double> moment, double expected, string what)
    {
        var averages = new double[spots.Length];
        var row = new float[modality.Counts.Columns];
        for (int i = 0; i < spots.Length; i++)
        {
            Array.Clear(row);
            ReadOnlySpan<int> columns = modality.Counts.RowColumns(spots[i]);
            for (int e = 0; e < columns.Length; e++)
                row[columns[e]] = modality.Counts.RowValues(spots[i])[e];
            averages[i] = features.Average(j => moment(row[j]));
        }

        double mean = averages.Average();
        double error = Math.Sqrt(averages.Sum(a => (a - mean) * (a - mean)) / (spots.Length - 1) / spots.Length);
        Math.Abs(mean - expected).ShouldBeLessThan(5 * error + 1e-9, $"{what} of {modality.Name}: {mean} against {expected}");
    }

    private static (double Mean, double Square, double Zeros) Expected(SimulatedModality m, bool active)
    {
        double mean = 0, square = 0, zeros = 0;
        foreach ((double weight, double on) in new[] { (1 - m.OnProbability, 0.0), (m.OnProbability, 1.0) })
        {
            double mu = m.Background + 0.55 * m.Strength * (active ? 1 : 0) + 0.45 * m.Strength * on;
            double variance = m.Distribution switch
            {
                CountDistribution.Poisson => mu,
                CountDistribution.Gamma => mu * mu / m.Shape,
                _ => mu + mu * mu / m.Shape,
            };
            double nothing = m.Distribution switch
            {
                CountDistribution.Poisson => Math.Exp(-mu),
                CountDistribution.Gamma => 0,
                _ => Math.Pow(1 + mu / m.Shape, -m.Shape),
            };
            double kept = 1 - m.ZeroInflation;
            mean += weight * kept * mu;
            square += weight * kept * (variance + mu * mu);
            zeros += weight * (m.ZeroInflation + kept * nothing);
        }

        return (mean, square, zeros);
    }
}
