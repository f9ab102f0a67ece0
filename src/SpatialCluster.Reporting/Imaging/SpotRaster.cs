using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Imaging;

/// <summary>
/// Collects the colours of spots by the area that each covers of each pixel. Unlike painting one over the other, abutting
/// spots leave no seams, overlapping ones mix, and the order of the spots does not matter.
/// </summary>
internal sealed class SpotRaster(int width, int height)
{
    private readonly float[] _sums = new float[4L * width * height];

    public void AddDisk(double x, double y, double radius, Rgb colour)
    {
        int bottom = Math.Min(height - 1, (int)Math.Ceiling(y + radius));
        int right = Math.Min(width - 1, (int)Math.Ceiling(x + radius));
        for (int row = Math.Max(0, (int)Math.Floor(y - radius)); row <= bottom; row++)
        {
            for (int column = Math.Max(0, (int)Math.Floor(x - radius)); column <= right; column++)
                Add(column, row, colour, Coverage.Disk(column, row, x, y, radius));
        }
    }

    public void AddSquare(double x, double y, double radius, Rgb colour)
    {
        int bottom = Math.Min(height - 1, (int)Math.Floor(y + radius));
        int right = Math.Min(width - 1, (int)Math.Floor(x + radius));
        for (int row = Math.Max(0, (int)Math.Floor(y - radius)); row <= bottom; row++)
        {
            double vertical = Coverage.Span(row, y - radius, y + radius);
            for (int column = Math.Max(0, (int)Math.Floor(x - radius)); column <= right; column++)
                Add(column, row, colour, vertical * Coverage.Span(column, x - radius, x + radius));
        }
    }

    public RgbaImage Resolve()
    {
        var image = new RgbaImage(width, height);
        for (int i = 0; i < _sums.Length; i += 4)
        {
            float covered = _sums[i + 3];
            if (covered <= 0)
                continue;
            for (int channel = 0; channel < 3; channel++)
                image.Pixels[i + channel] = (byte)Math.Round(_sums[i + channel] / covered);
            image.Pixels[i + 3] = (byte)Math.Round(255 * Math.Min(1, covered));
        }

        return image;
    }

    private void Add(int column, int row, Rgb colour, double covered)
    {
        if (covered <= 0)
            return;
        Span<float> sum = _sums.AsSpan(4 * ((row * width) + column), 4);
        sum[0] += (float)(colour.R * covered);
        sum[1] += (float)(colour.G * covered);
        sum[2] += (float)(colour.B * covered);
        sum[3] += (float)covered;
    }
}
