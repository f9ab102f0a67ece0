using System.Globalization;
using System.Text;

namespace SpatialCluster.Reporting.Markup;

/// <summary>Text and numbers as SVG and HTML want them.</summary>
internal static class Xml
{
    /// <summary>Escapes text for elements and quoted attributes; what XML cannot hold becomes U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '"':
                    escaped.Append("&quot;");
                    break;
                case '\'':
                    escaped.Append("&#39;");
                    break;
                case '\t' or '\n' or '\r':
                    escaped.Append(c);
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                        escaped.Append(c).Append(text[++i]);
                    else
                        escaped.Append(char.IsSurrogate(c) || char.IsControl(c) || c >= '\uFFFE' ? '\uFFFD' : c);
                    break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>A length in pixels, to a hundredth.</summary>
    public static string Pixels(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text is "-0" ? "0" : text;
    }

    /// <summary>A figure for people: three or four significant digits, thousands separated.</summary>
    public static string Figure(double value)
    {
        double size = Math.Abs(value);
        if (double.IsNaN(value))
            return "–";
        return size switch
        {
            0 => "0",
            >= 1e7 or < 1e-3 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
            >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
            >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
            >= 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
            >= 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
            >= 0.1 => value.ToString("0.###", CultureInfo.InvariantCulture),
            _ => value.ToString("0.####", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A text cut to a number of characters, with an ellipsis where something is gone.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
            return text;
        int end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}
