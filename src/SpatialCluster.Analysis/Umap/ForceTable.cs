using System.Runtime.CompilerServices;

namespace SpatialCluster.Analysis.Umap;

/// <summary>
/// Attraction and repulsion as functions of the squared distance, from tables: d²ᵇ takes a logarithm and an exponential, and a
/// layout asks some 10⁸ times. Within one of 64 segments per power of two a straight line is off by less than 3 × 10⁻⁴ of the value.
/// </summary>
internal sealed class ForceTable
{
    private const int SegmentBits = 6;
    private const int LowestExponent = -40, HighestExponent = 24;
    private const int FractionBits = 23 - SegmentBits;
    private const int Base = (LowestExponent + 127) << SegmentBits;
    private const int Segments = (HighestExponent - LowestExponent) << SegmentBits;

    // Keeps the repulsion of coinciding spots finite; umap-learn's constant.
    private const double Softening = 0.001;

    public ForceTable(UmapCurve curve, double repulsion)
    {
        Attraction = Tabulate(squared => -2 * curve.A * curve.B * curve.Power(squared) / squared / (1 + (curve.A * curve.Power(squared))));
        Repulsion = Tabulate(squared => 2 * repulsion * curve.B / ((Softening + squared) * (1 + (curve.A * curve.Power(squared)))));
    }

    /// <summary>−2ab d²⁽ᵇ⁻¹⁾/(1 + a d²ᵇ): times the difference of two places, the gradient of ln similarity.</summary>
    public float[] Attraction { get; }

    /// <summary>2γb/((0.001 + d²)(1 + a d²ᵇ)): times the difference, the gradient of γ ln(1 − similarity).</summary>
    public float[] Repulsion { get; }

    /// <summary>Looks a force up; beyond the ends of the table it is that at the end.</summary>
    /// <param name="table">One of the two tables.</param>
    /// <param name="squared">d², not negative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe float Force(float* table, float squared)
    {
        int bits = BitConverter.SingleToInt32Bits(squared);
        int segment = Math.Min(Math.Max((bits >> FractionBits) - Base, 0), Segments - 1);
        float fraction = bits & ((1 << FractionBits) - 1);
        return table[2 * segment] + (table[(2 * segment) + 1] * fraction);
    }

    /// <summary>Value at the beginning of each segment, and slope per unit of the last place.</summary>
    private static float[] Tabulate(Func<double, double> force)
    {
        var table = new float[2 * Segments];
        double left = force(Edge(0));
        for (int i = 0; i < Segments; i++)
        {
            double right = force(Edge(i + 1));
            table[2 * i] = (float)left;
            table[(2 * i) + 1] = (float)((right - left) / (1 << FractionBits));
            left = right;
        }

        return table;
    }

    private static double Edge(int segment) => BitConverter.Int32BitsToSingle((segment + Base) << FractionBits);
}
