using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Methods.Mofa;

/// <summary>
/// A modality's features, centred and scaled without a copy: with means μ and scale s, products with Y = s (X − 1 μᵀ) are made
/// of products with X, in double.
/// </summary>
internal sealed unsafe class CenteredView
{
    // Sizes decide the order of sums, so they depend on nothing.
    private const int SpotTile = 64, FeatureTile = 64, SpotChunk = 512;

    private readonly Matrix _values;
    private readonly double[] _means;
    private readonly double _scale;
    private double[] _scaled = [];

    private CenteredView(Matrix values, double[] means, double[] squares, double scale)
    {
        _values = values;
        _means = means;
        _scale = scale;
        SquaredNorms = squares;
        TotalSquares = squares.Sum();
    }

    public int Spots => _values.Rows;

    public int Features => _values.Columns;

    /// <summary>Σ y² per feature.</summary>
    public double[] SquaredNorms { get; }

    public double TotalSquares { get; }

    /// <summary>Features that never vary.</summary>
    public int Constants => SquaredNorms.Count(s => s == 0);

    /// <summary>Measures a modality.</summary>
    /// <param name="name">The modality's name, for errors.</param>
    /// <param name="values">Spots × features; stays the caller's.</param>
    /// <param name="toUnitVariance">Whether the standard deviation over all values becomes 1.</param>
    /// <param name="team">The threads.</param>
    /// <exception cref="BadInputException">There is a value that is no finite number.</exception>
    public static CenteredView Of(string name, Matrix values, bool toUnitVariance, ThreadTeam team)
    {
        var means = new double[values.Columns];
        var squares = new double[values.Columns];
        team.For(Tiles(values.Columns, FeatureTile), tile => Moments(name, values, tile * FeatureTile, means, squares));
        double scale = 1, total = squares.Sum();
        if (toUnitVariance && total > 0)
        {
            double variance = total / ((double)values.Rows * values.Columns);
            scale = 1 / Math.Sqrt(variance);
            for (int j = 0; j < squares.Length; j++)
                squares[j] /= variance;
        }

        return new CenteredView(values, means, squares, scale);
    }

    /// <summary>product ← product + Y · right.</summary>
    public void Multiply(FactorTable right, FactorTable product, ThreadTeam team)
    {
        int width = right.Stride;
        if (_scaled.Length != right.Values.Length)
            _scaled = new double[right.Values.Length];
        double[] scaled = _scaled;
        var offset = new double[width];
        for (int j = 0; j < Features; j++)
        {
            for (int k = 0; k < width; k++)
            {
                double value = _scale * right.Values[((long)j * width) + k];
                scaled[((long)j * width) + k] = value;
                offset[k] += _means[j] * value;
            }
        }

        team.For(Tiles(Spots, SpotTile), tile =>
        {
            int start = tile * SpotTile, rows = int.Min(SpotTile, Spots - start);
            fixed (double* b = scaled, c = product.Values)
            fixed (float* a = _values.Row(start))
            {
                double* target = c + ((long)start * width);
                FactorProduct.Accumulate(a, _values.Stride, 1, rows, Features, b, target, width);
                for (int i = 0; i < rows * width; i++)
                    target[i] -= offset[i % width];
            }
        });
    }

    /// <summary>product ← Yᵀ · left.</summary>
    public void MultiplyTransposed(FactorTable left, FactorTable product, ThreadTeam team)
    {
        int width = left.Stride;
        var sums = new double[width];
        for (int i = 0; i < left.Values.Length; i++)
            sums[i % width] += left.Values[i];
        team.For(Tiles(Features, FeatureTile), tile =>
        {
            int start = tile * FeatureTile, count = int.Min(FeatureTile, Features - start);
            fixed (double* b = left.Values, c = product.Values)
            {
                double* target = c + ((long)start * width);
                new Span<double>(target, count * width).Clear();
                for (int spot = 0; spot < Spots; spot += SpotChunk)
                {
                    fixed (float* a = _values.Row(spot))
                        FactorProduct.Accumulate(a + start, 1, _values.Stride, count, int.Min(SpotChunk, Spots - spot), b + ((long)spot * width), target, width);
                }

                for (int i = 0; i < count * width; i++)
                    target[i] = _scale * (target[i] - (_means[start + (i / width)] * sums[i % width]));
            }
        });
    }

    private static int Tiles(int count, int size) => (count + size - 1) / size;

    private static void Moments(string name, Matrix values, int start, double[] means, double[] squares)
    {
        int end = int.Min(start + FeatureTile, values.Columns);
        for (int spot = 0; spot < values.Rows; spot++)
        {
            Span<float> row = values.Row(spot)[..end];
            for (int j = start; j < row.Length; j++)
            {
                if (!float.IsFinite(row[j]))
                    throw new BadInputException($"Modality '{name}' has the value {row[j]} (spot {spot}, feature {j}); MOFA+ needs finite features: leave such features out, or fill them in.");
                means[j] += row[j];
            }
        }

        for (int j = start; j < end; j++)
            means[j] /= values.Rows;
        for (int spot = 0; spot < values.Rows; spot++)
        {
            Span<float> row = values.Row(spot)[..end];
            for (int j = start; j < row.Length; j++)
                squares[j] += (row[j] - means[j]) * (row[j] - means[j]);
        }

        // A constant whose mean is rounded is constant nonetheless.
        for (int j = start; j < end; j++)
        {
            float first = values.Row(0)[j];
            int spot = 1;
            while (spot < values.Rows && values.Row(spot)[j] == first)
                spot++;
            if (spot == values.Rows)
                (means[j], squares[j]) = (first, 0);
        }
    }
}
