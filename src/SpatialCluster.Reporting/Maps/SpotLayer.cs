using System.Text;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Imaging;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Maps;

/// <summary>The spots of a map in groups of one colour each, as pixels or as SVG.</summary>
internal sealed class SpotLayer
{
    private readonly SpotPlaces _places;
    private readonly int[] _groups;
    private readonly IReadOnlyList<SpotGroup> _looks;

    /// <summary>Makes a layer.</summary>
    /// <param name="places">Where the spots lie.</param>
    /// <param name="frame">How that becomes pixels.</param>
    /// <param name="groups">The group of each spot, an index into <paramref name="looks"/>.</param>
    /// <param name="looks">The groups, in the order of drawing.</param>
    public SpotLayer(SpotPlaces places, MapFrame frame, int[] groups, IReadOnlyList<SpotGroup> looks)
    {
        if (places.X.Length != places.Y.Length || groups.Length != places.Count)
            throw new ArgumentException($"{places.X.Length} x, {places.Y.Length} y and {groups.Length} values do not belong to the same spots.", nameof(groups));
        _places = places;
        Frame = frame;
        _groups = groups;
        _looks = looks;
    }

    public MapFrame Frame { get; }

    public RgbaImage Render()
    {
        var raster = new SpotRaster((int)Frame.Width, (int)Frame.Height);
        for (int spot = 0; spot < _groups.Length; spot++)
        {
            double x = Frame.X(_places.X[spot]), y = Frame.Y(_places.Y[spot]);
            Rgb colour = _looks[_groups[spot]].Colour;
            if (Frame.Square)
                raster.AddSquare(x, y, Frame.Radius, colour);
            else
                raster.AddDisk(x, y, Frame.Radius, colour);
        }

        return raster.Resolve();
    }

    /// <summary>Appends the spots: one path per group, or one image where there are many.</summary>
    public void AppendSvg(StringBuilder svg, int rasterFrom)
    {
        if (_groups.Length >= rasterFrom)
        {
            svg.Append($"<image width=\"{Xml.Pixels(Frame.Width)}\" height=\"{Xml.Pixels(Frame.Height)}\" href=\"")
                .Append(DataUri.Png(Render())).Append("\"/>\n");
            return;
        }

        int[][] members = Members();
        string diameter = Xml.Pixels(2 * Frame.Radius);
        svg.Append(Frame.Square
            ? $"<g fill=\"none\" stroke-width=\"{diameter}\" shape-rendering=\"crispEdges\">\n"
            : $"<g fill=\"none\" stroke-width=\"{diameter}\" stroke-linecap=\"round\">\n");
        for (int group = 0; group < _looks.Count; group++)
        {
            if (members[group].Length == 0)
                continue;
            svg.Append($"<path stroke=\"{_looks[group].Colour}\" d=\"");
            foreach (int spot in members[group])
            {
                double x = Frame.X(_places.X[spot]), y = Frame.Y(_places.Y[spot]);
                // A square is a line as long as it is wide; a circle a line of almost no length with round ends.
                if (Frame.Square)
                    svg.Append($"M{Xml.Pixels(x - Frame.Radius)} {Xml.Pixels(y)}h{diameter}");
                else
                    svg.Append($"M{Xml.Pixels(x)} {Xml.Pixels(y)}h.01");
            }

            svg.Append("\">");
            if (_looks[group].Title is { } title)
                svg.Append($"<title>{Xml.Escape(title)}</title>");
            svg.Append("</path>\n");
        }

        svg.Append("</g>\n");
    }

    private int[][] Members()
    {
        var sizes = new int[_looks.Count];
        foreach (int group in _groups)
            sizes[group]++;
        int[][] members = [.. sizes.Select(size => new int[size])];
        Array.Clear(sizes);
        for (int spot = 0; spot < _groups.Length; spot++)
            members[_groups[spot]][sizes[_groups[spot]]++] = spot;
        return members;
    }
}
