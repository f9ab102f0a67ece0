using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Imaging;

namespace SpatialCluster.Reporting.Tests.Imaging;

public sealed class SpotRasterTests
{
    private static readonly Rgb s_red = new(200, 0, 0);
    private static readonly Rgb s_blue = new(0, 0, 200);

    [Theory]
    [InlineData(6)]
    [InlineData(20)]
    public void AddDisk_AnyRadius_CoversAboutItsArea(double radius)
    {
        var raster = new SpotRaster(64, 64);
        raster.AddDisk(31.7, 32.2, radius, s_red);
        RgbaImage image = raster.Resolve();
        double area = 0;
        for (int i = 3; i < image.Pixels.Length; i += 4)
            area += image.Pixels[i] / 255.0;
        // The linear edge is exact on average; what is left is the rounding of opacity.
        area.ShouldBe(Math.PI * radius * radius, 0.01 * Math.PI * radius * radius);
    }

    [Fact]
    public void AddSquare_AbuttingWithinAPixel_LeavesNoSeam()
    {
        var raster = new SpotRaster(10, 4);
        raster.AddSquare(2.25, 2, 2.25, s_red);
        raster.AddSquare(6.75, 2, 2.25, s_blue);
        RgbaImage image = raster.Resolve();
        int seam = 4 * (2 * 10 + 4);
        image.Pixels[seam..(seam + 4)].ShouldBe([100, 0, 100, 255]);
    }

    [Fact]
    public void AddDisk_AnyOrder_GivesTheSamePixels()
    {
        var one = new SpotRaster(20, 20);
        one.AddDisk(8, 8, 5, s_red);
        one.AddDisk(11, 10, 5, s_blue);
        var two = new SpotRaster(20, 20);
        two.AddDisk(11, 10, 5, s_blue);
        two.AddDisk(8, 8, 5, s_red);
        one.Resolve().Pixels.ShouldBe(two.Resolve().Pixels);
    }

    [Fact]
    public void AddDisk_OutsideTheImage_IsCutOff()
    {
        var raster = new SpotRaster(4, 4);
        raster.AddDisk(-100, 2, 5, s_red);
        raster.AddSquare(2, 99, 5, s_red);
        raster.Resolve().Pixels.ShouldAllBe(p => p == 0);
    }
}
