using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SpatialCluster.Benchmarks;

/// <summary>All figures of a run as one table.</summary>
internal static class FigureTable
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Markdown(IEnumerable<Figure> figures)
    {
        var text = new StringBuilder("| benchmark | what | figure | target | |\n|---|---|---|---|---|\n");
        foreach (Figure figure in figures)
        {
            string value = $"{Number(figure.Value)} {figure.Unit}".TrimEnd();
            text.Append(CultureInfo.InvariantCulture, $"| `{figure.Benchmark}` | {figure.What.Trim()} | {value} | {figure.Target} | {Verdict(figure)} |\n");
        }

        return text.ToString();
    }

    public static string Json(IEnumerable<Figure> figures) => JsonSerializer.Serialize(figures, s_json) + "\n";

    /// <summary>One line for people who watch.</summary>
    public static string Line(Figure figure)
    {
        string line = $"{figure.What,-72} {Number(figure.Value),9} {figure.Unit,-13}";
        return figure.Met is null ? line.TrimEnd() : $"{line} target {figure.Target,-10} {Verdict(figure)}";
    }

    public static string Verdict(Figure figure) => figure.Met switch
    {
        true => "met",
        false => "MISSED",
        null => "",
    };

    // Three significant digits, more where there are more before the point.
    private static string Number(double value)
    {
        double size = Math.Abs(value);
        return value.ToString(size >= 100 ? "N0" : size >= 10 ? "0.0" : size >= 1 ? "0.00" : "0.000", CultureInfo.InvariantCulture);
    }
}
