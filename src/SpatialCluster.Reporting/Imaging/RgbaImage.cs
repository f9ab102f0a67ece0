using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Imaging;

/// <summary>Pixels, eight bits for each of red, green, blue and opacity, row by row, not premultiplied.</summary>
internal sealed class RgbaImage
{
    public RgbaImage(int width, int height)
    {
        Width = width;
        Height = height;
        Pixels = new byte[4L * width * height];
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] Pixels { get; }

    public void Fill(Rgb colour)
    {
        for (int i = 0; i < Pixels.Length; i += 4)
            (Pixels[i], Pixels[i + 1], Pixels[i + 2], Pixels[i + 3]) = (colour.R, colour.G, colour.B, 255);
    }

    /// <summary>Lays a colour over one pixel; pixels outside the image are let pass.</summary>
    public void Blend(int x, int y, Rgb colour, double opacity)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height || opacity <= 0)
            return;
        long at = 4 * (((long)y * Width) + x);
        double under = Pixels[at + 3] / 255.0 * (1 - opacity);
        double total = opacity + under;
        Pixels[at] = Channel(((colour.R * opacity) + (Pixels[at] * under)) / total);
        Pixels[at + 1] = Channel(((colour.G * opacity) + (Pixels[at + 1] * under)) / total);
        Pixels[at + 2] = Channel(((colour.B * opacity) + (Pixels[at + 2] * under)) / total);
        Pixels[at + 3] = Channel(total * 255);
    }

    public void BlendDisk(double x, double y, double radius, Rgb colour, double opacity)
    {
        int right = (int)Math.Ceiling(x + radius), bottom = (int)Math.Ceiling(y + radius);
        for (int row = (int)Math.Floor(y - radius); row <= bottom; row++)
        {
            for (int column = (int)Math.Floor(x - radius); column <= right; column++)
                Blend(column, row, colour, opacity * Coverage.Disk(column, row, x, y, radius));
        }
    }

    public void BlendRectangle(double left, double top, double width, double height, Rgb colour)
    {
        for (int row = (int)Math.Floor(top); row < top + height; row++)
        {
            for (int column = (int)Math.Floor(left); column < left + width; column++)
                Blend(column, row, colour, Coverage.Span(column, left, left + width) * Coverage.Span(row, top, top + height));
        }
    }

    /// <summary>Lays another image over this one.</summary>
    public void Draw(RgbaImage source, int left, int top)
    {
        for (int y = 0; y < source.Height; y++)
        {
            for (int x = 0; x < source.Width; x++)
            {
                long at = 4 * (((long)y * source.Width) + x);
                byte[] p = source.Pixels;
                Blend(left + x, top + y, new Rgb(p[at], p[at + 1], p[at + 2]), p[at + 3] / 255.0);
            }
        }
    }

    private static byte Channel(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
