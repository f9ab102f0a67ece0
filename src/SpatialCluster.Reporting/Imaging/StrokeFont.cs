using System.Globalization;
using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Imaging;

/// <summary>
/// Text in raster images, for legends and titles: a font of round-ended strokes that ships with us, drawn at any size with
/// smooth edges. Characters that it lacks are drawn as an empty box.
/// </summary>
internal static class StrokeFont
{
    private const double UnitsPerEm = 11;
    private const double Gap = 1.7;
    private const double StrokeWidth = 1.08;
    private const double Base = 8;
    private const double Kappa = 0.5522847498;
    private const int CurveSteps = 7;

    private static readonly Dictionary<char, (double Width, List<(double X, double Y)[]> Strokes)> s_glyphs =
        Glyphs.All.ToDictionary(g => g.Key, g => Parse(g.Value));

    private static readonly (double Width, List<(double X, double Y)[]> Strokes) s_unknown = Parse(Glyphs.Unknown);

    /// <summary>The width of a text in pixels.</summary>
    public static double Measure(string text, double size) => text.Sum(c => Glyph(c).Width + Gap) * size / UnitsPerEm;

    /// <summary>Draws a text from its left end on its base line.</summary>
    public static void Draw(RgbaImage image, string text, double x, double baseLine, double size, Rgb colour)
    {
        double unit = size / UnitsPerEm;
        foreach (char letter in text)
        {
            (double width, List<(double X, double Y)[]> strokes) = Glyph(letter);
            DrawGlyph(image, strokes, x, baseLine - Base * unit, unit, colour);
            x += (width + Gap) * unit;
        }
    }

    private static (double Width, List<(double X, double Y)[]> Strokes) Glyph(char letter) =>
        s_glyphs.TryGetValue(letter, out (double, List<(double, double)[]>) glyph) ? glyph : s_unknown;

    private static void DrawGlyph(RgbaImage image, List<(double X, double Y)[]> strokes, double left, double top, double unit, Rgb colour)
    {
        if (strokes.Count == 0)
            return;
        double width = StrokeWidth * unit;
        double reach = (width / 2) + 1;
        int x0 = (int)Math.Floor(left + (strokes.Min(s => s.Min(p => p.X)) * unit) - reach);
        int y0 = (int)Math.Floor(top + (strokes.Min(s => s.Min(p => p.Y)) * unit) - reach);
        int x1 = (int)Math.Ceiling(left + (strokes.Max(s => s.Max(p => p.X)) * unit) + reach);
        int y1 = (int)Math.Ceiling(top + (strokes.Max(s => s.Max(p => p.Y)) * unit) + reach);
        for (int y = y0; y <= y1; y++)
        {
            for (int x = x0; x <= x1; x++)
            {
                // The strokes of a letter are one shape: where they cross, the larger coverage counts.
                double covered = 0;
                foreach ((double X, double Y)[] stroke in strokes)
                {
                    for (int i = 1; i < stroke.Length; i++)
                    {
                        covered = Math.Max(covered, Coverage.Line(
                            x, y, left + stroke[i - 1].X * unit, top + stroke[i - 1].Y * unit, left + stroke[i].X * unit, top + stroke[i].Y * unit, width));
                    }
                }

                image.Blend(x, y, colour, covered);
            }
        }
    }

    private static (double Width, List<(double X, double Y)[]> Strokes) Parse(string glyph)
    {
        int bar = glyph.IndexOf('|', StringComparison.Ordinal);
        var strokes = new List<(double, double)[]>();
        var stroke = new List<(double X, double Y)>();
        string path = glyph[(bar + 1)..];
        int at = 0;
        while (at < path.Length)
        {
            char command = path[at];
            int end = at + 1;
            while (end < path.Length && !char.IsLetter(path[end]))
                end++;
            double[] n = [.. path[(at + 1)..end].Split([' ', ',']).Select(t => double.Parse(t, CultureInfo.InvariantCulture))];
            at = end;
            (double X, double Y) to = (n[^2], n[^1]);
            if (command == 'M')
            {
                if (stroke.Count > 0)
                    strokes.Add([.. stroke]);
                stroke.Clear();
                stroke.Add(to);
                continue;
            }

            (double X, double Y) from = stroke[^1];
            double dx = Kappa * (to.X - from.X), dy = Kappa * (to.Y - from.Y);
            switch (command)
            {
                case 'C':
                    AddCurve(stroke, from, (n[0], n[1]), (n[2], n[3]), to);
                    break;
                case 'h':
                    AddCurve(stroke, from, (from.X + dx, from.Y), (to.X, to.Y - dy), to);
                    break;
                case 'v':
                    AddCurve(stroke, from, (from.X, from.Y + dy), (to.X - dx, to.Y), to);
                    break;
                default:
                    stroke.Add(to);
                    break;
            }
        }

        if (stroke.Count > 0)
            strokes.Add([.. stroke]);
        return (double.Parse(glyph[..bar], CultureInfo.InvariantCulture), strokes);
    }

    private static void AddCurve(
        List<(double X, double Y)> stroke, (double X, double Y) a, (double X, double Y) b, (double X, double Y) c, (double X, double Y) d)
    {
        for (int step = 1; step <= CurveSteps; step++)
        {
            double t = (double)step / CurveSteps, s = 1 - t;
            double wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
            stroke.Add(((wa * a.X) + (wb * b.X) + (wc * c.X) + (wd * d.X), (wa * a.Y) + (wb * b.Y) + (wc * c.Y) + (wd * d.Y)));
        }
    }
}
