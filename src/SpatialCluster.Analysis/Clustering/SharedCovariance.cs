using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>A covariance, its inverse and its determinant, by Cholesky's factors.</summary>
internal sealed class SharedCovariance
{
    // Of a feature's own variance: what is left after the others explained it. Below, it is the rounding of their sums.
    private const double Dependent = 1e-12;

    private SharedCovariance(double[] values, double[] inverse, double logDeterminant)
    {
        Values = values;
        Inverse = inverse;
        LogDeterminant = logDeterminant;
    }

    /// <summary>Features × features.</summary>
    public double[] Values { get; }

    public double[] Inverse { get; }

    public double LogDeterminant { get; }

    /// <summary>Factorises a symmetric matrix.</summary>
    /// <param name="values">Features × features; kept.</param>
    /// <param name="features">Its size.</param>
    /// <exception cref="BadInputException">It is singular.</exception>
    public static SharedCovariance Of(double[] values, int features)
    {
        var lower = new double[features * features];
        double logDeterminant = 0;
        for (int i = 0; i < features; i++)
        {
            Span<double> row = lower.AsSpan(i * features, features);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = lower.AsSpan(j * features, features);
                double sum = values[(i * features) + j];
                for (int k = 0; k < j; k++)
                    sum -= row[k] * other[k];
                if (j < i)
                {
                    row[j] = sum / other[j];
                    continue;
                }

                if (!(sum > Dependent * values[(i * features) + i]))
                    throw new BadInputException($"The covariance of the mixture is singular: feature {i} is constant or follows from those before it, or there are too few spots; set a regularisation above 0, or fit fewer principal components.");
                row[i] = Math.Sqrt(sum);
                logDeterminant += StableMath.Log(sum);
            }
        }

        return new SharedCovariance(values, Invert(lower, features), logDeterminant);
    }

    /// <summary>Σ_ij inverse_ij · other_ij.</summary>
    public double InverseInner(double[] other)
    {
        double sum = 0;
        for (int i = 0; i < other.Length; i++)
            sum += Inverse[i] * other[i];
        return sum;
    }

    /// <summary>L⁻ᵀ L⁻¹.</summary>
    private static double[] Invert(double[] lower, int features)
    {
        // Row j holds column j of L⁻¹, which begins at j.
        var columns = new double[features * features];
        for (int j = 0; j < features; j++)
        {
            Span<double> column = columns.AsSpan(j * features, features);
            column[j] = 1 / lower[(j * features) + j];
            for (int i = j + 1; i < features; i++)
            {
                ReadOnlySpan<double> row = lower.AsSpan(i * features, features);
                double sum = 0;
                for (int k = j; k < i; k++)
                    sum += row[k] * column[k];
                column[i] = -sum / row[i];
            }
        }

        var inverse = new double[features * features];
        for (int i = 0; i < features; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = i; k < features; k++)
                    sum += columns[(i * features) + k] * columns[(j * features) + k];
                inverse[(i * features) + j] = inverse[(j * features) + i] = sum;
            }
        }

        return inverse;
    }
}
