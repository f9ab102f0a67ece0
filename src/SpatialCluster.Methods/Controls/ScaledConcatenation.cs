using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Methods.Controls;

/// <summary>The features of all modalities side by side, centred and scaled.</summary>
internal static class ScaledConcatenation
{
    /// <summary>Puts them together.</summary>
    /// <param name="modalities">Spots × features each.</param>
    /// <param name="scaling">What is brought to variance 1 (divisor spots − 1); what has none becomes zeros.</param>
    /// <returns>Spots × all features; the caller disposes it.</returns>
    public static Matrix Of(IReadOnlyList<Matrix> modalities, PcaScaling scaling)
    {
        var joined = new Matrix(modalities[0].Rows, modalities.Sum(m => m.Columns));
        int offset = 0;
        foreach (Matrix modality in modalities)
        {
            double[] means = Means(modality);
            double[] variances = Variances(modality, means);
            double total = variances.Sum();
            double[] factors = [.. variances.Select((own, j) => Factor(scaling == PcaScaling.Feature ? own : total, own, means[j]))];
            for (int spot = 0; spot < joined.Rows; spot++)
            {
                ReadOnlySpan<float> from = modality.Row(spot);
                Span<float> to = joined.Row(spot).Slice(offset, modality.Columns);
                for (int j = 0; j < from.Length; j++)
                    to[j] = (float)((from[j] - means[j]) * factors[j]);
            }

            offset += modality.Columns;
        }

        return joined;
    }

    // Below float32's rounding of the mean there is no variance.
    private static double Factor(double variance, double own, double mean) => own > 1e-12 * mean * mean ? 1 / Math.Sqrt(variance) : 0;

    private static double[] Means(Matrix matrix)
    {
        var means = new double[matrix.Columns];
        for (int spot = 0; spot < matrix.Rows; spot++)
        {
            ReadOnlySpan<float> row = matrix.Row(spot);
            for (int j = 0; j < row.Length; j++)
                means[j] += row[j];
        }

        for (int j = 0; j < means.Length; j++)
            means[j] /= matrix.Rows;
        return means;
    }

    private static double[] Variances(Matrix matrix, double[] means)
    {
        var variances = new double[matrix.Columns];
        for (int spot = 0; spot < matrix.Rows; spot++)
        {
            ReadOnlySpan<float> row = matrix.Row(spot);
            for (int j = 0; j < row.Length; j++)
                variances[j] += (row[j] - means[j]) * (row[j] - means[j]);
        }

        for (int j = 0; j < variances.Length; j++)
            variances[j] /= int.Max(matrix.Rows - 1, 1);
        return variances;
    }
}
