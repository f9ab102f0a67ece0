using System.Text;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Imaging;

namespace SpatialCluster.Reporting.Tests.Imaging;

public sealed class PngEncoderTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(300, 211)]
    public void Encode_AnyPixels_AreReadBack(int width, int height)
    {
        var random = new RandomStream(1);
        var image = new RgbaImage(width, height);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)random.NextInt(256);
        image.Pixels[3] = 17;
        PngReader read = PngReader.Read(PngEncoder.Encode(image));
        (read.Width, read.Height, read.Channels).ShouldBe((width, height, 4));
        read.Pixels.ShouldBe(image.Pixels);
    }

    [Fact]
    public void Encode_OpaqueImage_HasNoOpacityChannel()
    {
        var image = new RgbaImage(4, 3);
        image.Fill(new Rgb(1, 2, 3));
        PngReader read = PngReader.Read(PngEncoder.Encode(image));
        read.Channels.ShouldBe(3);
        read.At(3, 2).ShouldBe("010203");
    }

    [Fact]
    public void Compute_CheckValue_IsThatOfTheStandard() =>
        Crc32.Compute("1234"u8, Encoding.ASCII.GetBytes("56789")).ShouldBe(0xCBF43926u);
}
