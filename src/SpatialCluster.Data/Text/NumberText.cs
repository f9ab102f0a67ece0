using System.Globalization;

namespace SpatialCluster.Data.Text;

/// <summary>Numbers written as text.</summary>
internal static class NumberText
{
    // Every power of ten that a double holds exactly.
    private static readonly double[] s_exactPowers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number; NaN and infinities count as numbers here.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        // At most 15 digits and a point: both parts are exact in double, so that one division rounds as a full parser would.
        if (text.Length is > 0 and <= 16)
        {
            long digits = 0;
            int fraction = -1;
            int count = 0;
            for (int i = 0; i < text.Length; i++)
            {
                int digit = text[i] - '0';
                if ((uint)digit <= 9)
                {
                    digits = (digits * 10) + digit;
                    count++;
                    if (fraction >= 0)
                        fraction++;
                }
                else if (text[i] == (byte)'.' && fraction < 0)
                {
                    fraction = 0;
                }
                else
                {
                    count = 0;
                    break;
                }
            }

            if (count is > 0 and <= 15)
            {
                value = fraction <= 0 ? digits : digits / s_exactPowers[fraction];
                return true;
            }
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a number from text.</summary>
    public static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>A whole number without a sign that fits a long.</summary>
    public static bool TryParseCount(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 18)
            return false;
        foreach (byte letter in text)
        {
            int digit = letter - '0';
            if ((uint)digit > 9)
                return false;
            value = (value * 10) + digit;
        }

        return true;
    }

    /// <summary>Text that stands for a value that is not there.</summary>
    public static bool IsMissing(string text) =>
        text.Length == 0 || text.ToUpperInvariant() is "NA" or "NAN" or "N/A" or "#N/A" or "NULL" or "NONE" or "<NA>";
}
