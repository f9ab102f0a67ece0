namespace SpatialCluster.Reporting.Imaging;

/// <summary>How much of a pixel a shape covers, 0 … 1: what makes edges smooth. Pixel (0, 0) spans 0 … 1 both ways.</summary>
internal static class Coverage
{
    public static double Disk(int column, int row, double x, double y, double radius)
    {
        double dx = column + 0.5 - x, dy = row + 0.5 - y;
        return Math.Clamp(radius + 0.5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1);
    }

    public static double Span(int pixel, double from, double to) => Math.Max(0, Math.Min(pixel + 1, to) - Math.Max(pixel, from));

    /// <summary>A line with round ends.</summary>
    public static double Line(int column, int row, double x0, double y0, double x1, double y1, double width)
    {
        double px = column + 0.5 - x0, py = row + 0.5 - y0;
        double dx = x1 - x0, dy = y1 - y0;
        double length2 = (dx * dx) + (dy * dy);
        double t = length2 == 0 ? 0 : Math.Clamp(((px * dx) + (py * dy)) / length2, 0, 1);
        px -= t * dx;
        py -= t * dy;
        return Math.Clamp((width / 2) + 0.5 - Math.Sqrt((px * px) + (py * py)), 0, 1);
    }
}
