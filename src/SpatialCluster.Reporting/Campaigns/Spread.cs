namespace SpatialCluster.Reporting.Campaigns;

/// <summary>Mean and spread of some numbers.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation of the sample (n − 1); absent for one number.</param>
/// <param name="Smallest">The smallest.</param>
/// <param name="Largest">The largest.</param>
internal readonly record struct Spread(int Count, double Mean, double? Deviation, double Smallest, double Largest)
{
    /// <summary>The spread of finite numbers; null of none.</summary>
    public static Spread? Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
            return null;
        double sum = 0, smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        foreach (double value in values)
            (sum, smallest, largest) = (sum + value, Math.Min(smallest, value), Math.Max(largest, value));
        double mean = sum / values.Count, squares = 0;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return new Spread(values.Count, mean, values.Count > 1 ? Math.Sqrt(squares / (values.Count - 1)) : null, smallest, largest);
    }

    /// <summary>The middle one, or the mean of the middle two; null of none.</summary>
    public static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
