using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Analysis.Umap;

/// <summary>
/// The similarity 1/(1 + a d²ᵇ) of two spots at distance d in the layout (McInnes, Healy and Melville 2018, definition 11): the
/// member of this family that is nearest, in squares over 300 distances up to three spreads, to 1 below the minimal distance and
/// to exp(−(d − minimal)/spread) beyond.
/// </summary>
/// <param name="A">a.</param>
/// <param name="B">b.</param>
internal readonly record struct UmapCurve(double A, double B)
{
    private const int Points = 300;
    private const int MostSteps = 500;

    /// <summary>Least squares by Levenberg and Marquardt from a = b = 1.</summary>
    public static UmapCurve Fit(double minDistance, double spread)
    {
        var curve = new UmapCurve(1, 1);
        (double error, Normal normal) = curve.Compare(minDistance, spread);
        double damping = 1e-3;
        for (int step = 0; step < MostSteps && damping < 1e12; step++)
        {
            (double da, double db) = normal.Solve(damping);
            var next = new UmapCurve(curve.A + da, curve.B + db);
            if (next.A > 0 && next.B > 0)
            {
                (double nextError, Normal nextNormal) = next.Compare(minDistance, spread);
                if (nextError < error)
                {
                    bool still = Math.Abs(da) <= 1e-12 * next.A && Math.Abs(db) <= 1e-12 * next.B;
                    (curve, error, normal) = (next, nextError, nextNormal);
                    if (still)
                        break;
                    damping *= 0.1;
                    continue;
                }
            }

            damping *= 10;
        }

        return curve;
    }

    /// <summary>d²ᵇ from d².</summary>
    public double Power(double squared) => StableMath.Pow(squared, B);

    private (double Error, Normal Normal) Compare(double minDistance, double spread)
    {
        double error = 0;
        var normal = default(Normal);
        for (int i = 0; i < Points; i++)
        {
            double x = 3 * spread * i / (Points - 1);
            double wanted = x < minDistance ? 1 : StableMath.Exp(-(x - minDistance) / spread);
            double power = x > 0 ? Power(x * x) : 0;
            double f = 1 / (1 + (A * power));
            double byA = -f * f * power;
            double byB = x > 0 ? 2 * A * byA * StableMath.Log(x) : 0;
            double rest = f - wanted;
            error += rest * rest;
            normal = new Normal(
                normal.Aa + (byA * byA), normal.Ab + (byA * byB), normal.Bb + (byB * byB), normal.Ra + (rest * byA), normal.Rb + (rest * byB));
        }

        return (error, normal);
    }

    /// <summary>The normal equations of one step.</summary>
    private readonly record struct Normal(double Aa, double Ab, double Bb, double Ra, double Rb)
    {
        public (double A, double B) Solve(double damping)
        {
            double aa = Aa * (1 + damping), bb = Bb * (1 + damping);
            double determinant = (aa * bb) - (Ab * Ab);
            return (((Ab * Rb) - (bb * Ra)) / determinant, ((Ab * Ra) - (aa * Rb)) / determinant);
        }
    }
}
