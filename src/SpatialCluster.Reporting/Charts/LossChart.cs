using System.Globalization;
using System.Text;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Markup;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Charts;

/// <summary>The loss and its parts over the epochs.</summary>
internal sealed class LossChart
{
    // A line has about as many points as it has pixels; of what lies between, the extremes are kept.
    private const int Buckets = 220;

    // The palette without yellow, which is no colour for a thin line on white.
    private static readonly int[] s_colours = [5, 0, 2, 1, 3, 4, 7, 9, 11, 13, 15, 17];
    private static readonly string[] s_dashes = ["", "7 3", "2 3", "9 3 2 3"];

    private readonly IReadOnlyList<LossSeries> _series;
    private readonly double _smallest;
    private readonly double _largest;
    private readonly int _epochs;

    public LossChart(IReadOnlyList<LossSeries> series)
    {
        _series = [.. series.Where(s => s.Values.Any(double.IsFinite))];
        double[] finite = [.. _series.SelectMany(s => s.Values).Where(double.IsFinite)];
        _smallest = finite.Length > 0 ? finite.Min() : 0;
        _largest = finite.Length > 0 ? finite.Max() : 1;
        _epochs = _series.Count > 0 ? _series.Max(s => s.Values.Length) : 0;
    }

    public bool IsEmpty => _series.Count == 0;

    public bool CanBeLogarithmic => _smallest > 0;

    public string Draw(bool logarithmic)
    {
        var frame = new ChartFrame(520, 330, left: 62, bottom: 46);
        string description = $"Loss over {_epochs:N0} epochs on a {(logarithmic ? "logarithmic" : "linear")} scale: "
            + string.Join("; ", _series.Select(s => $"{s.Name} from {Xml.Figure(s.Values[0])} to {Xml.Figure(s.Values[^1])}"));
        StringBuilder svg = frame.Open(description);
        Scale y = logarithmic
            ? Scale.Logarithmic(_smallest, _largest, frame.Bottom, frame.Top)
            : Scale.Linear(Math.Min(0, _smallest), _largest, frame.Bottom, frame.Top);
        Scale x = Scale.Linear(1, Math.Max(2, _epochs), frame.Left, frame.Right, tight: true);
        frame.AppendYAxis(svg, y, "loss");
        frame.AppendXAxis(svg, x, "epoch");
        for (int s = _series.Count - 1; s >= 0; s--)
            svg.Append($"<path {Look(s)} d=\"{Path(_series[s].Values, x, y)}\"><title>{Xml.Escape(_series[s].Name)}: {Xml.Figure(_series[s].Values[^1])} at the end</title></path>\n");
        return svg.Append("</svg>").ToString();
    }

    public string DrawLegend()
    {
        var html = new StringBuilder("<ul class=\"legend\">\n");
        for (int s = 0; s < _series.Count; s++)
        {
            html.Append($"<li><svg class=\"key\" viewBox=\"0 0 26 10\" aria-hidden=\"true\"><path {Look(s)} d=\"M1 5H25\"/></svg>")
                .Append($"{Xml.Escape(_series[s].Name)} <span class=\"quiet\">{Xml.Figure(_series[s].Values[^1])}</span></li>\n");
        }

        return html.Append("</ul>").ToString();
    }

    private static string Look(int series)
    {
        if (series == 0)
            return "class=\"line total\"";
        Rgb colour = CategoricalPalette.Colour(s_colours[(series - 1) % s_colours.Length]);
        string dash = s_dashes[(series - 1) / 2 % s_dashes.Length];
        return $"class=\"line\" stroke=\"{colour}\"" + (dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "");
    }

    private static string Path(double[] values, Scale x, Scale y)
    {
        var path = new StringBuilder();
        bool pen = false;
        foreach (int epoch in Kept(values))
        {
            if (!double.IsFinite(values[epoch]))
            {
                pen = false;
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(pen ? 'L' : 'M')}{x.Place(epoch + 1):0.#} {y.Place(values[epoch]):0.#}");
            pen = true;
        }

        return path.ToString();
    }

    private static IEnumerable<int> Kept(double[] values)
    {
        if (values.Length <= 2 * Buckets)
            return Enumerable.Range(0, values.Length);
        var kept = new List<int> { 0 };
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            int start = (int)((long)bucket * values.Length / Buckets), end = (int)((long)(bucket + 1) * values.Length / Buckets);
            int low = start, high = start;
            for (int i = start; i < end; i++)
            {
                if (!double.IsFinite(values[i]) || values[i] < values[low])
                    low = i;
                if (values[i] > values[high])
                    high = i;
            }

            kept.Add(Math.Min(low, high));
            kept.Add(Math.Max(low, high));
        }

        kept.Add(values.Length - 1);
        return kept.Distinct();
    }
}
