using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Imaging;

namespace SpatialCluster.Reporting.Tests.Imaging;

public sealed class StrokeFontTests
{
    [Fact]
    public void Draw_EveryPrintableAsciiCharacter_HasAShapeOfItsOwn()
    {
        var shapes = new Dictionary<string, char>();
        for (char c = '!'; c <= '~'; c++)
        {
            string shape = Convert.ToBase64String(Render(c.ToString()).Pixels);
            shapes.TryAdd(shape, c).ShouldBeTrue($"{c} looks like {shapes.GetValueOrDefault(shape)}");
        }
    }

    [Fact]
    public void Draw_UnknownCharacters_AreBoxes()
    {
        Render("漢").Pixels.ShouldBe(Render("字").Pixels);
        Render("漢").Pixels.ShouldContain(p => p != 0);
        Render(" ").Pixels.ShouldAllBe(p => p == 0);
    }

    [Fact]
    public void Measure_LongerOrLargerText_IsWider()
    {
        StrokeFont.Measure("domain", 20).ShouldBe(2 * StrokeFont.Measure("domain", 10), 1e-9);
        StrokeFont.Measure("domains", 10).ShouldBeGreaterThan(StrokeFont.Measure("domain", 10));
    }

    private static RgbaImage Render(string text)
    {
        var image = new RgbaImage(40, 44);
        StrokeFont.Draw(image, text, 6, 28, 24, new Rgb(255, 255, 255));
        return image;
    }
}
