using System.Globalization;

namespace SpatialCluster.Cli.Progress;

/// <summary>Times for people.</summary>
internal static class Duration
{
    /// <summary>Such as <c>0.4 s</c>, <c>19 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Text(double seconds)
    {
        if (seconds < 9.95)
            return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
        long whole = (long)Math.Round(double.Min(seconds, 3.6e9));
        return whole switch
        {
            < 60 => $"{whole} s",
            < 3600 => $"{whole / 60} min {whole % 60} s",
            _ => $"{whole / 3600} h {whole % 3600 / 60} min",
        };
    }
}
