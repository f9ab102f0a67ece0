using System.Globalization;

namespace SpatialCluster.Data.Text;

/// <summary>Spot names that are places: <c>12x34</c>, <c>18.89x8.958</c>.</summary>
internal static class GridName
{
    /// <summary>Reads a name as x and y.</summary>
    public static bool TryParse(string name, out double x, out double y)
    {
        y = x = 0;
        int cross = name.IndexOf('x', StringComparison.Ordinal);
        return cross > 0 && TryParsePart(name.AsSpan(0, cross), out x) && TryParsePart(name.AsSpan(cross + 1), out y);
    }

    /// <summary>The name of the grid place next to a point: rounded, halves to even as R and Python round.</summary>
    public static string Of(double x, double y) => $"{Math.Round(x) + 0.0:F0}x{Math.Round(y) + 0.0:F0}"; // + 0.0 makes −0 a 0

    private static bool TryParsePart(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
