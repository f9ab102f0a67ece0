namespace SpatialCluster.Compute.Tests.Numerics;

/// <summary>A sum of two doubles, about 32 digits (Dekker, 1971): enough to judge the last place of a double.</summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double x) => new(x, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        double sum = a.High + b.High, part = sum - a.High;
        double error = (a.High - (sum - part)) + (b.High - part) + a.Low + b.Low;
        double high = sum + error;
        return new DoubleDouble(high, error - (high - sum));
    }

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High;
        double error = Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low) + (a.Low * b.High);
        double high = product + error;
        return new DoubleDouble(high, error - (high - product));
    }

    /// <summary>exp(x) − 1 for |x| below 8, by its series.</summary>
    public static DoubleDouble ExpM1(double x)
    {
        DoubleDouble sum = 0;
        for (int n = 60; n >= 1; n--)
            sum = ((sum + 1) * x) * Reciprocal(n);
        return sum;
    }

    /// <summary>log(1 + x) for x from −0.9995 to 2000: a step of Newton's method on <see cref="ExpM1"/>.</summary>
    public static double Log1P(double x)
    {
        double guess = Math.Abs(x) < 1e-9 ? x : Math.Log(1 + x);
        return guess - ((ExpM1(guess) + -x).High / (1 + x));
    }

    private static DoubleDouble Reciprocal(int n)
    {
        double high = 1.0 / n;
        return new DoubleDouble(high, Math.FusedMultiplyAdd(-high, n, 1) / n);
    }
}
