namespace SpatialCluster.Reporting.Maps;

/// <summary>How places become pixels: one scale for both axes, y downwards.</summary>
internal sealed class MapFrame
{
    private const double Margin = 4;
    private const double SmallestSide = 48;

    private readonly double _scale;
    private readonly double _left;
    private readonly double _top;

    public MapFrame(SpotGeometry geometry, int longSide, SpotShape shape)
    {
        Square = shape == SpotShape.Square || (shape == SpotShape.Automatic && geometry.IsSquareLattice);
        double width = geometry.Width + geometry.Spacing, height = geometry.Height + geometry.Spacing;
        _scale = (longSide - (2 * Margin)) / Math.Max(width, height);
        // A handful of spots fills no picture: they stay small and in the middle.
        _scale = Math.Min(_scale, longSide / 6.0 / geometry.Spacing);
        Width = Math.Max(SmallestSide, Math.Ceiling((width * _scale) + (2 * Margin)));
        Height = Math.Max(SmallestSide, Math.Ceiling((height * _scale) + (2 * Margin)));
        _left = (Width / 2) - ((geometry.MinX + (geometry.Width / 2)) * _scale);
        _top = (Height / 2) - ((geometry.MinY + (geometry.Height / 2)) * _scale);
        // Half a pixel is the least that leaves no holes between spots.
        Radius = Math.Max(0.5, geometry.Spacing * _scale / 2);
    }

    public double Width { get; }

    public double Height { get; }

    public double Radius { get; }

    public bool Square { get; }

    public double X(double x) => _left + (x * _scale);

    public double Y(double y) => _top + (y * _scale);
}
