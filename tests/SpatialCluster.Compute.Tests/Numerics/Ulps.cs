namespace SpatialCluster.Compute.Tests.Numerics;

/// <summary>Distances in units in the last place.</summary>
internal static class Ulps
{
    /// <summary>How many doubles lie between two of the same sign.</summary>
    public static long Between(double a, double b)
    {
        if (a == b || (double.IsNaN(a) && double.IsNaN(b)))
            return 0;
        return double.IsNaN(a) || double.IsNaN(b) || Math.Sign(a) != Math.Sign(b) ? long.MaxValue : Math.Abs(BitConverter.DoubleToInt64Bits(a) - BitConverter.DoubleToInt64Bits(b));
    }

    /// <summary>The largest distance of a function from another, and fails where it exceeds the bound.</summary>
    public static void ShouldAgree(Func<double, double> actual, Func<double, double> expected, IEnumerable<double> arguments, long bound)
    {
        long worst = 0;
        double where = 0;
        foreach (double x in arguments)
        {
            long distance = Between(actual(x), expected(x));
            if (distance > worst)
                (worst, where) = (distance, x);
        }

        worst.ShouldBeLessThanOrEqualTo(bound, $"at {where:R}: {actual(where):R}, not {expected(where):R}");
    }
}
