using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Imaging;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Maps;

/// <summary>The layout of a stand-alone map: title above, tissue to the left, legend to the right; drawn on any canvas.</summary>
internal sealed class MapSheet
{
    /// <summary>The size of notes beside the text that they follow.</summary>
    public const double NoteSize = 0.85;

    private const int LongestLabel = 28;

    // Viewers of SVG choose their own font: wider than ours by up to this.
    private const double FontSlack = 1.12;

    private readonly SpotLayer _layer;
    private readonly MapLegend? _legend;
    private readonly MapOptions _options;
    private readonly string _heading;
    private readonly double _text;
    private readonly double _row;
    private readonly double _pad;
    private readonly double _top;
    private readonly int _rowsPerColumn;
    private readonly double[] _columnLefts = [];

    public MapSheet(SpotLayer layer, MapLegend? legend, MapOptions options)
    {
        _layer = layer;
        _legend = options.ShowLegend ? legend : null;
        _options = options;
        _heading = Xml.Shorten(options.Title ?? "", 80);
        _text = Math.Clamp(options.LongSide * 0.022, 11, 60);
        _row = 1.75 * _text;
        _pad = 1.1 * _text;
        _top = _pad + (_heading.Length > 0 ? 2.1 * _text : 0);
        double right = _pad + layer.Frame.Width;
        double height = Math.Max(layer.Frame.Height, _legend is ScaleLegend ? 12 * _text : 6 * _row);
        if (_legend is CategoryLegend labels)
        {
            _rowsPerColumn = Math.Max(1, (int)(height / _row) - 1);
            int columns = (labels.Entries.Count + _rowsPerColumn - 1) / _rowsPerColumn;
            _columnLefts = new double[columns];
            double left = right + _pad;
            for (int column = 0; column < columns; column++)
            {
                _columnLefts[column] = left;
                double widest = labels.Entries.Skip(column * _rowsPerColumn).Take(_rowsPerColumn)
                    .Max(e => Measure(Xml.Shorten(e.Label, LongestLabel) + "  ", _text) + Measure(e.Note, NoteSize * _text));
                left += (2 * _text) + widest + _pad;
            }

            right = Math.Max(left - _pad, right + _pad + Measure(Xml.Shorten(labels.Title, LongestLabel), _text));
            height = Math.Max(layer.Frame.Height, (Math.Min(labels.Entries.Count, _rowsPerColumn) + 1) * _row);
        }
        else if (_legend is ScaleLegend scale)
        {
            _columnLefts = [right + _pad];
            double widest = new[] { scale.Smallest, (scale.Smallest + scale.Largest) / 2, scale.Largest }.Max(v => Measure(Xml.Figure(v), _text));
            right += _pad + Math.Max((2 * _text) + widest, Measure(Xml.Shorten(scale.Title, LongestLabel), _text));
        }

        Width = (int)Math.Ceiling(Math.Max(right, _pad + Measure(_heading, 1.25 * _text)) + _pad);
        Height = (int)Math.Ceiling(_top + height + _pad);
    }

    public int Width { get; }

    public int Height { get; }

    public void Draw(IMapCanvas canvas)
    {
        Rgb quiet = _options.Ink.Mix(_options.Background, 0.4);
        if (_heading.Length > 0)
            canvas.Text(_heading, _pad, _pad + 1.1 * _text, 1.25 * _text, _options.Ink);
        canvas.Spots(_layer, _pad, _top);
        if (_legend is null)
            return;
        canvas.Text(Xml.Shorten(_legend.Title, LongestLabel), _columnLefts.Length > 0 ? _columnLefts[0] : _pad, _top + 0.9 * _text, _text, quiet);
        if (_legend is CategoryLegend labels)
            DrawLabels(canvas, labels, quiet);
        else if (_legend is ScaleLegend scale)
            DrawScale(canvas, scale);
    }

    private static double Measure(string text, double size) => FontSlack * StrokeFont.Measure(text, size);

    private void DrawLabels(IMapCanvas canvas, CategoryLegend labels, Rgb quiet)
    {
        for (int i = 0; i < labels.Entries.Count; i++)
        {
            LegendEntry entry = labels.Entries[i];
            double left = _columnLefts[i / _rowsPerColumn];
            double middle = _top + ((1 + (i % _rowsPerColumn)) * _row) + (0.6 * _text);
            string label = Xml.Shorten(entry.Label, LongestLabel);
            canvas.Swatch(left, middle - 0.6 * _text, 1.2 * _text, entry.Colour);
            canvas.TextWithNote(label, entry.Note, left + 1.9 * _text, middle + 0.36 * _text, _text, _options.Ink, quiet);
        }
    }

    private void DrawScale(IMapCanvas canvas, ScaleLegend scale)
    {
        const int steps = 64;
        double left = _columnLefts[0], top = _top + _row, height = 9 * _text;
        for (int step = 0; step < steps; step++)
        {
            Rgb colour = SequentialColourMap.Colour(1 - ((step + 0.5) / steps));
            // Whole pixels, so that the steps abut without seams.
            double from = Math.Round(top + (height * step / steps)), to = Math.Round(top + (height * (step + 1) / steps));
            canvas.Rectangle(Math.Round(left), from, Math.Round(1.2 * _text), to - from, colour);
        }

        for (int tick = 0; tick <= 2; tick++)
        {
            double value = scale.Largest + ((scale.Smallest - scale.Largest) * tick / 2);
            canvas.Text(Xml.Figure(value), left + 1.7 * _text, top + (height * tick / 2) + (0.36 * _text), _text, _options.Ink);
        }
    }
}
