using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>The parameters of a mixture, and what scoring a spot needs of them.</summary>
/// <remarks>
/// With one covariance Σ for all, ln(π_c) − ½(x − μ_c)ᵀΣ⁻¹(x − μ_c) = s_c(x) − ½xᵀΣ⁻¹x with s_c(x) = ln(π_c) − ½μ_cᵀΣ⁻¹μ_c +
/// xᵀΣ⁻¹μ_c: probabilities need the linear part alone, and the quadratic one, summed over spots, is the trace of Σ⁻¹ with the
/// scatter matrix, which never changes. An iteration costs spots × features × components rather than features² as much.
/// </remarks>
internal sealed class MixtureModel
{
    public MixtureModel(double[] shares, double[] means, SharedCovariance covariance, int features)
    {
        int stride = CentreKernels.Stride(shares.Length);
        Shares = shares;
        Means = means;
        Covariance = covariance;
        Slopes = new double[features * stride];
        Offsets = new double[stride];
        for (int f = 0; f < features; f++)
        {
            for (int g = 0; g < features; g++)
            {
                double factor = covariance.Inverse[(f * features) + g];
                for (int c = 0; c < shares.Length; c++)
                    Slopes[(f * stride) + c] += factor * means[(g * stride) + c];
            }
        }

        for (int c = 0; c < shares.Length; c++)
        {
            double square = 0;
            for (int f = 0; f < features; f++)
                square += means[(f * stride) + c] * Slopes[(f * stride) + c];
            Offsets[c] = StableMath.Log(shares[c]) - (0.5 * square);
        }
    }

    /// <summary>π: the share of each component; 0 for one without spots.</summary>
    public double[] Shares { get; }

    /// <summary>μ: features × stride.</summary>
    public double[] Means { get; }

    public SharedCovariance Covariance { get; }

    /// <summary>Σ⁻¹μ: features × stride.</summary>
    public double[] Slopes { get; }

    /// <summary>ln(π) − ½μᵀΣ⁻¹μ, padded to the stride; −infinity for a component without spots.</summary>
    public double[] Offsets { get; }
}
