namespace SpatialCluster.Reporting.Charts;

/// <summary>What a box plot shows of some numbers: quartiles (interpolated), and the furthest within 1.5 box lengths of the box.</summary>
internal readonly record struct BoxSummary(double Low, double FirstQuartile, double Median, double ThirdQuartile, double High)
{
    public static BoxSummary? Of(List<double> values)
    {
        if (values.Count == 0)
            return null;
        values.Sort();
        double first = Quantile(values, 0.25), third = Quantile(values, 0.75);
        double reach = 1.5 * (third - first);
        // float neighbours of the fences count as inside.
        double low = values.First(v => v >= first - reach - 1e-9), high = values.Last(v => v <= third + reach + 1e-9);
        return new BoxSummary(Math.Min(low, first), first, Quantile(values, 0.5), third, Math.Max(high, third));
    }

    private static double Quantile(List<double> sorted, double share)
    {
        double place = share * (sorted.Count - 1);
        int below = (int)place;
        double above = sorted[Math.Min(below + 1, sorted.Count - 1)];
        return sorted[below] + ((place - below) * (above - sorted[below]));
    }
}
