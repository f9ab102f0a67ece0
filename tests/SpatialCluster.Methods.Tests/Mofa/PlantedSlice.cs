using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Tests.Mofa;

/// <summary>Features that are known factors times known sparse loadings, plus noise.</summary>
internal sealed class PlantedSlice : IDisposable
{
    /// <summary>Draws a slice.</summary>
    /// <param name="spots">Spots.</param>
    /// <param name="widths">Features per modality.</param>
    /// <param name="present">Per modality which factors it has.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="density">Share of loadings that are not zero.</param>
    /// <param name="noise">Standard deviation of the noise.</param>
    /// <param name="equal">Whether all factors are equally strong; else each is weaker than the one before.</param>
    public PlantedSlice(int spots, int[] widths, bool[][] present, ulong seed, double density = 0.3, double noise = 0.5, bool equal = false)
    {
        double[] strengths = equal ? [1, 1, 1, 1] : [2, 1.4, 1, 0.7];
        var random = new RandomStream(seed);
        int factors = present[0].Length;
        Factors = Draw(spots, factors, (_, _) => random.NextGaussian());
        Loadings = [.. widths.Select((width, m) => Draw(width, factors, (_, k) =>
        {
            double size = strengths[k] * (random.NextDouble() < 0.5 ? -1 : 1) * (0.7 + random.NextDouble());
            return random.NextDouble() < density && present[m][k] ? size : 0;
        }))];
        Features = [.. widths.Select((width, m) =>
        {
            var matrix = new Matrix(spots, width);
            for (int i = 0; i < spots; i++)
            {
                for (int j = 0; j < width; j++)
                {
                    double value = 3 + (noise * random.NextGaussian());
                    for (int k = 0; k < factors; k++)
                        value += Factors[i, k] * Loadings[m][j, k];
                    matrix[i, j] = (float)value;
                }
            }

            return matrix;
        })];
    }

    public double[,] Factors { get; }

    public double[][,] Loadings { get; }

    public Matrix[] Features { get; }

    public MethodInput Input(ulong seed = 0) => InputOf(Features, seed);

    public static MethodInput InputOf(Matrix[] features, ulong seed = 0) => new()
    {
        Names = [.. features.Select((_, m) => $"view{m}")],
        Kinds = [.. features.Select(_ => ModalityKind.Protein)],
        Features = features,
        Coordinates = new SpotCoordinates(new double[features[0].Rows], new double[features[0].Rows]),
        Seed = seed,
    };

    /// <summary>Per planted factor the found one that correlates most with it, and how much.</summary>
    /// <param name="columns">Found factors.</param>
    /// <param name="found">A found factor's value in a spot.</param>
    public (int Found, double Correlation)[] Matches(int columns, Func<int, int, double> found)
    {
        double[][] all = [.. Enumerable.Range(0, columns).Select(f => Centred(spot => found(spot, f)))];
        return [.. Enumerable.Range(0, Factors.GetLength(1)).Select(k =>
        {
            double[] planted = Centred(spot => Factors[spot, k]);
            return all.Select((values, f) => (f, Correlation(values, planted))).MaxBy(match => match.Item2);
        })];
    }

    public void Dispose()
    {
        foreach (Matrix matrix in Features)
            matrix.Dispose();
    }

    private double[] Centred(Func<int, double> value)
    {
        double[] values = [.. Enumerable.Range(0, Factors.GetLength(0)).Select(value)];
        double mean = values.Average();
        return [.. values.Select(x => x - mean)];
    }

    // A factor that is switched off is nought but for rounding, and correlates with nothing.
    private static double Correlation(double[] a, double[] b)
    {
        double squares = a.Sum(x => x * x);
        return squares < 1e-6 ? 0 : Math.Abs(a.Zip(b, (x, y) => x * y).Sum()) / Math.Sqrt(squares * b.Sum(y => y * y));
    }

    private static double[,] Draw(int rows, int columns, Func<int, int, double> value)
    {
        var table = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < columns; k++)
                table[i, k] = value(i, k);
        }

        return table;
    }
}
