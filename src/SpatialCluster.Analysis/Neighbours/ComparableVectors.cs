using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// Feature vectors, shifted and scaled so that every metric becomes a squared Euclidean distance: unit vectors a, b have
/// 1 − cos(a, b) = |a − b|²/2, and correlation is the cosine of centred vectors. Vectors without a direction get a penalty of
/// 1, which, added on both sides, puts them at distance 1 from all.
/// </summary>
internal sealed class ComparableVectors
{
    private const int RowsPerTile = 256;
    private readonly Matrix _features;
    private readonly FeatureMetric _metric;
    private readonly double[] _shift;
    private readonly double[] _scale;
    private readonly double[] _penalty;
    private readonly int _exponent;

    public ComparableVectors(Matrix features, FeatureMetric metric, ThreadTeam team)
    {
        _features = features;
        _metric = metric;
        _shift = new double[features.Rows];
        _scale = new double[features.Rows];
        _penalty = new double[features.Rows];
        var largest = new double[(features.Rows + RowsPerTile - 1) / RowsPerTile];
        team.For(largest.Length, tile =>
        {
            int end = Math.Min(features.Rows, (tile + 1) * RowsPerTile);
            for (int row = tile * RowsPerTile; row < end; row++)
                largest[tile] = Math.Max(largest[tile], Largest(row));
        });

        double most = largest.Max();
        // A power of two: no rounding, and no square overflows or vanishes.
        _exponent = metric == FeatureMetric.Euclidean && most > 0 ? Math.ILogB(most) : 0;
        team.For(largest.Length, tile =>
        {
            int end = Math.Min(features.Rows, (tile + 1) * RowsPerTile);
            for (int row = tile * RowsPerTile; row < end; row++)
                Direct(row);
        });
    }

    public int Rows => _features.Rows;

    public int Width => _features.Columns;

    public double Penalty(int row) => _penalty[row];

    /// <summary>Writes the comparable form of a row in float32, one value every <paramref name="step"/> places.</summary>
    public void Write(int row, Span<float> destination, int step)
    {
        ReadOnlySpan<float> from = _features.Row(row);
        double shift = _shift[row], scale = _scale[row];
        for (int f = 0; f < from.Length; f++)
            destination[f * step] = (float)((from[f] - shift) * scale);
    }

    /// <summary>The squared distance between the comparable forms, in double, penalties included.</summary>
    public double Squared(int left, int right)
    {
        ReadOnlySpan<float> a = _features.Row(left), b = _features.Row(right);
        double shiftA = _shift[left], scaleA = _scale[left], shiftB = _shift[right], scaleB = _scale[right];
        double sum = _penalty[left] + _penalty[right];
        for (int f = 0; f < a.Length; f++)
        {
            double difference = ((a[f] - shiftA) * scaleA) - ((b[f] - shiftB) * scaleB);
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>The distance that a squared distance of comparable forms stands for.</summary>
    public double Distance(double squared) =>
        _metric == FeatureMetric.Euclidean ? Math.ScaleB(Math.Sqrt(squared), _exponent) : squared / 2;

    private double Largest(int row)
    {
        double largest = 0;
        ReadOnlySpan<float> values = _features.Row(row);
        for (int f = 0; f < values.Length; f++)
        {
            if (!float.IsFinite(values[f]))
                throw new BadInputException($"The features of spot {row} hold {values[f]} in column {f}; remove the spot or the feature before looking for neighbours.");
            largest = Math.Max(largest, Math.Abs(values[f]));
        }

        return largest;
    }

    private void Direct(int row)
    {
        if (_metric == FeatureMetric.Euclidean)
        {
            _scale[row] = Math.ScaleB(1, -_exponent);
            return;
        }

        ReadOnlySpan<float> values = _features.Row(row);
        double mean = 0, largest = 0, squares = 0;
        if (_metric == FeatureMetric.Correlation)
        {
            foreach (float value in values)
                mean += value;
            mean /= values.Length;
        }

        foreach (float value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
            squares += (value - mean) * (value - mean);
        }

        _shift[row] = mean;
        // What is left of a constant row after centring is rounding, not direction.
        bool directed = Math.Sqrt(squares) > 1e-13 * largest * Math.Sqrt(values.Length);
        _scale[row] = directed ? 1 / Math.Sqrt(squares) : 0;
        _penalty[row] = directed ? 0 : 1;
    }
}
