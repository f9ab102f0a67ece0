using System.Runtime.CompilerServices;

namespace SpatialCluster.Compute.Numerics;

/// <summary>
/// Elementary functions in double that give the same bits on every processor: only +, −, ×, ÷, square root and bit
/// operations, which IEEE 754 defines exactly. <c>Math.Exp</c> and its like come from the platform's C library and do not.
/// Algorithms and coefficients follow fdlibm (Sun Microsystems, 1993); errors stay below two units in the last place.
/// </summary>
public static class StableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700;

    /// <summary>e to the power x.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>The power; 0 below −745.2, infinity above 709.8.</returns>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 709.782712893383973096)
            return double.PositiveInfinity;
        if (x < -745.13321910194110842)
            return 0;
        double k = Math.Floor((x * InverseLn2) + 0.5);
        double high = x - (k * Ln2High);
        double low = k * Ln2Low;
        double r = high - low;
        double t = r * r;
        double c = r - (t * (1.66666666666666019037e-01 + (t * (-2.77777777770155933842e-03 + (t * (6.61375632143793436117e-05
            + (t * (-1.65339022054652515390e-06 + (t * 4.13813679705723846039e-08)))))))));
        double y = 1 - (low - (r * c / (2 - c)) - high);
        return Scale(y, (int)k);
    }

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">A positive number; 0 gives −infinity, less gives NaN.</param>
    /// <returns>The logarithm.</returns>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0)
            return double.NaN;
        if (x == 0)
            return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x))
            return x;
        int k = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            k = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        k += (int)(bits >> 52) - 1023;
        bits = (bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000;
        double m = BitConverter.Int64BitsToDouble(bits);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            k++;
        }

        double f = m - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double t1 = w * (3.999999999940941908e-01 + (w * (2.222219843214978396e-01 + (w * 1.531383769920937332e-01))));
        double t2 = z * (6.666666666666735130e-01 + (w * (2.857142874366239149e-01 + (w * (1.818357216161805012e-01
            + (w * 1.479819860511658591e-01))))));
        double half = 0.5 * f * f;
        return (k * Ln2High) - (half - ((s * (half + t1 + t2)) + (k * Ln2Low)) - f);
    }

    /// <summary>log(1 + x), accurate near 0.</summary>
    /// <param name="x">Greater than −1; −1 gives −infinity, less gives NaN.</param>
    /// <returns>The logarithm.</returns>
    public static double Log1P(double x)
    {
        double u = 1 + x;
        if (u == 1)
            return x;
        if (u == 0)
            return double.NegativeInfinity;
        if (double.IsPositiveInfinity(u))
            return u;
        // The rounding error of 1 + x, put back to first order (Kahan).
        return Log(u) + ((x - (u - 1)) / u);
    }

    /// <summary>exp(x) − 1, accurate near 0.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>The difference.</returns>
    public static double ExpM1(double x)
    {
        if (Math.Abs(x) > 0.5)
            return Exp(x) - 1;
        // Taylor to x^16: below the last place for |x| ≤ 0.5. The largest term is added last, so that its rounding alone counts.
        double rest = 1;
        for (int n = 16; n >= 3; n--)
            rest = 1 + (rest * x / n);
        return x + (0.5 * x * x * rest);
    }

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>A number in [−1, 1].</returns>
    public static double Tanh(double x)
    {
        double a = Math.Abs(x);
        if (a > 22)
            return Math.CopySign(1, x);
        double t = ExpM1(2 * a);
        return Math.CopySign(t / (t + 2), x);
    }

    /// <summary>x to the power y.</summary>
    /// <param name="x">Not negative.</param>
    /// <param name="y">The exponent.</param>
    /// <returns>The power, exact for y in {0, ½, 1, 2}; else through exp and log, with a relative error of about |y log x| × 2⁻⁵³.</returns>
    public static double Pow(double x, double y) => y switch
    {
        0 => 1,
        0.5 => Math.Sqrt(x),
        1 => x,
        2 => x * x,
        _ => Exp(y * Log(x)),
    };

    /// <summary>The base-2 logarithm.</summary>
    /// <param name="x">A positive number.</param>
    /// <returns>The logarithm.</returns>
    public static double Log2(double x) => Log(x) * InverseLn2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Scale(double y, int k)
    {
        if (k is > -1022 and < 1024)
            return y * BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
        return k > 0
            ? y * BitConverter.Int64BitsToDouble((long)(k - 1 + 1023) << 52) * 2
            : y * BitConverter.Int64BitsToDouble((long)(k + 54 + 1023) << 52) * 5.5511151231257827e-17;
    }
}
