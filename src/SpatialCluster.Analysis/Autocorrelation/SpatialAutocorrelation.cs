using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Autocorrelation;

/// <summary>
/// Moran's I = n/W · Σᵢⱼ wᵢⱼ zᵢ zⱼ / Σ z² and Geary's C = (n−1)/(2W) · Σᵢⱼ wᵢⱼ (xᵢ − xⱼ)² / Σ z², with z = x − mean and
/// W = Σ wᵢⱼ (Moran 1950, Geary 1954). The weights are used as they are; see <c>NeighbourGraphs.RowStandardised</c>.
/// </summary>
public static class SpatialAutocorrelation
{
    private const int ColumnsPerTile = 8;

    /// <summary>Both statistics of one column.</summary>
    /// <param name="values">One finite value per spot.</param>
    /// <param name="weights">spots × spots.</param>
    /// <returns>The statistics; NaN for a constant column or an empty graph.</returns>
    public static SpatialStatistic Of(ReadOnlySpan<double> values, CsrMatrix weights)
    {
        CheckSizes(values.Length, weights);
        double mean = 0;
        foreach (double value in values)
            mean += value;
        mean /= values.Length;
        double total = 0, product = 0, difference = 0, squares = 0;
        bool constant = true;
        for (int row = 0; row < values.Length; row++)
        {
            double z = values[row] - mean;
            squares += z * z;
            constant &= values[row] == values[0];
            ReadOnlySpan<int> columns = weights.RowColumns(row);
            ReadOnlySpan<float> edges = weights.RowValues(row);
            for (int e = 0; e < columns.Length; e++)
            {
                double apart = values[row] - values[columns[e]];
                total += edges[e];
                product += edges[e] * z * (values[columns[e]] - mean);
                difference += edges[e] * apart * apart;
            }
        }

        return constant ? new SpatialStatistic(double.NaN, double.NaN) : Finish(values.Length, total, product, difference, squares);
    }

    /// <summary>Both statistics of every column, in double, the columns shared among threads.</summary>
    /// <param name="features">Spots × features, finite.</param>
    /// <param name="weights">spots × spots.</param>
    /// <param name="team">The threads to use.</param>
    /// <returns>One entry per column.</returns>
    public static SpatialStatistic[] OfColumns(Matrix features, CsrMatrix weights, ThreadTeam team)
    {
        CheckSizes(features.Rows, weights);
        var results = new SpatialStatistic[features.Columns];
        team.For((features.Columns + ColumnsPerTile - 1) / ColumnsPerTile, tile =>
        {
            int first = tile * ColumnsPerTile, count = Math.Min(ColumnsPerTile, features.Columns - first);
            // Eight columns side by side: each edge's two rows are then read once for all of them.
            var block = new double[(long)features.Rows * count];
            for (int row = 0; row < features.Rows; row++)
            {
                ReadOnlySpan<float> from = features.Row(row).Slice(first, count);
                for (int c = 0; c < count; c++)
                    block[((long)row * count) + c] = from[c];
            }

            OfBlock(block, count, weights, results.AsSpan(first, count));
        });
        return results;
    }

    private static void OfBlock(double[] block, int width, CsrMatrix weights, Span<SpatialStatistic> results)
    {
        int spots = weights.Rows;
        var means = new double[width];
        for (long i = 0; i < block.LongLength; i++)
            means[i % width] += block[i];
        for (int c = 0; c < width; c++)
            means[c] /= spots;
        double total = 0;
        var product = new double[width];
        var difference = new double[width];
        var squares = new double[width];
        var varies = new bool[width];
        for (int row = 0; row < spots; row++)
        {
            ReadOnlySpan<double> here = block.AsSpan(row * width, width);
            ReadOnlySpan<int> columns = weights.RowColumns(row);
            ReadOnlySpan<float> edges = weights.RowValues(row);
            for (int c = 0; c < width; c++)
            {
                squares[c] += (here[c] - means[c]) * (here[c] - means[c]);
                varies[c] |= here[c] != block[c];
            }

            for (int e = 0; e < columns.Length; e++)
            {
                ReadOnlySpan<double> there = block.AsSpan(columns[e] * width, width);
                double weight = edges[e];
                total += weight;
                for (int c = 0; c < width; c++)
                {
                    double apart = here[c] - there[c];
                    product[c] += weight * (here[c] - means[c]) * (there[c] - means[c]);
                    difference[c] += weight * apart * apart;
                }
            }
        }

        for (int c = 0; c < width; c++)
        {
            results[c] = varies[c]
                ? Finish(spots, total, product[c], difference[c], squares[c])
                : new SpatialStatistic(double.NaN, double.NaN);
        }
    }

    private static SpatialStatistic Finish(int spots, double total, double product, double difference, double squares) =>
        new(spots / total * (product / squares), (spots - 1) / (2 * total) * (difference / squares));

    private static void CheckSizes(int spots, CsrMatrix weights)
    {
        if (weights.Rows != spots || weights.Columns != spots)
            throw new ArgumentException($"Weights of {weights.Rows} × {weights.Columns} do not belong to {spots} spots.", nameof(weights));
    }
}
