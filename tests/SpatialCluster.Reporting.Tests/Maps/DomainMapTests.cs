using System.Xml.Linq;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Tests.Imaging;

namespace SpatialCluster.Reporting.Tests.Maps;

public sealed class DomainMapTests
{
    private static readonly SpotPlaces s_grid = SpotGeometryTests.Grid(6, 6);
    private static readonly SpotLabels s_labels = new("Domain", [.. Enumerable.Range(0, 36).Select(i => i == 0 ? -1 : i / 12)], ["a", "b<&>\"'\u0001", "c"]);

    [Fact]
    public void WritePng_Lattice_HasTheColourOfEachSpotAtItsPlace()
    {
        PngReader png = Png(DomainMap.Create(s_grid, s_labels, new MapOptions { LongSide = 128, ShowLegend = false }));
        // Text size 11 gives 12.1 of padding, drawn at 12; 4 of margin; spots are 20 wide.
        for (int spot = 0; spot < 36; spot++)
        {
            Rgb colour = CategoricalPalette.Colour(s_labels.Codes[spot]);
            png.At(12 + 4 + 10 + (20 * (spot % 6)), 12 + 4 + 10 + (20 * (spot / 6))).ShouldBe(colour.ToString()[1..], $"spot {spot}");
        }

        png.At(2, 2).ShouldBe("ffffff");
    }

    [Fact]
    public void WritePng_Circles_LeaveTheGroundBetweenThem()
    {
        PngReader png = Png(DomainMap.Create(s_grid, s_labels, new MapOptions { LongSide = 128, ShowLegend = false, Shape = SpotShape.Circle }));
        png.At(12 + 4 + 20, 12 + 4 + 20).ShouldBe("ffffff");
        png.At(12 + 4 + 30, 12 + 4 + 10).ShouldBe(CategoricalPalette.Colour(0).ToString()[1..]);
    }

    [Fact]
    public void ToSvg_LabelsWithMarkup_IsWellFormedAndSaysThemAsTheyAre()
    {
        SpotMap map = DomainMap.Create(s_grid, s_labels, new MapOptions { Title = "<script>alert('x')</script> & more" });
        XDocument svg = XDocument.Parse(map.ToSvg());
        svg.Root!.Descendants().ShouldNotContain(e => e.Name.LocalName == "script");
        svg.Root.Descendants().ShouldContain(e => e.Name.LocalName == "text" && e.FirstNode!.ToString().Contains("b&lt;&amp;&gt;", StringComparison.Ordinal));
        svg.Root.Value.ShouldContain("<script>alert('x')</script> & more");
        svg.Root.Value.ShouldContain("b<&>\"'\uFFFD");
        XAttribute[] addresses = [.. svg.Root.DescendantsAndSelf().Attributes().Where(a => !a.IsNamespaceDeclaration && a.Value.Contains("://", StringComparison.Ordinal))];
        addresses.ShouldBeEmpty();
    }

    [Fact]
    public void ToSvg_FewSpots_AreShapesAndManyAreOneImage()
    {
        string shapes = DomainMap.Create(s_grid, s_labels, new MapOptions { RasterFrom = 37 }).ToSvg();
        Marks(shapes).ShouldBe(36);
        shapes.ShouldNotContain("<image");

        string raster = DomainMap.Create(s_grid, s_labels, new MapOptions { RasterFrom = 36 }).ToSvg();
        Marks(raster).ShouldBe(0);
        string data = XDocument.Parse(raster).Descendants().Single(e => e.Name.LocalName == "image").Attribute("href")!.Value;
        data.ShouldStartWith("data:image/png;base64,");
        PngReader.Read(Convert.FromBase64String(data["data:image/png;base64,".Length..])).Width.ShouldBe(1000);
    }

    [Fact]
    public void ToSvgAndWritePng_Twice_GiveTheSameBytes()
    {
        SpotMap Make() => DomainMap.Create(s_grid, s_labels, new MapOptions { Title = "twice" });
        Make().ToSvg().ShouldBe(Make().ToSvg());
        Png(Make()).Pixels.ShouldBe(Png(Make()).Pixels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Create_AFewSpotsInALineOrAtOnePlace_StillDraws(int spots)
    {
        var labels = new SpotLabels("Domain", new int[spots], ["0"]);
        foreach (SpotPlaces places in (SpotPlaces[])[new SpotPlaces(new double[spots], new double[spots]), SpotGeometryTests.Grid(1, spots, 1e-6), SpotGeometryTests.Grid(spots, 1, 1e9)])
        {
            SpotMap map = DomainMap.Create(places, labels, new MapOptions { LongSide = 200 });
            Png(map).Pixels.ShouldContain((byte)0x72);
            XDocument.Parse(map.ToSvg());
        }
    }

    [Fact]
    public void WritePng_AMillionSpots_FillsTheTissueWithinSeconds()
    {
        SpotPlaces places = SpotGeometryTests.Grid(1000, 1000);
        var labels = new SpotLabels("Domain", [.. Enumerable.Range(0, 1_000_000).Select(i => i % 1000 / 100)], [.. Enumerable.Range(0, 10).Select(i => i.ToString())]);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        PngReader png = Png(DomainMap.Create(places, labels, new MapOptions { ShowLegend = false }));
        // Takes below one second on an idle core; the bound only catches what grows with the square.
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(30);
        for (int at = 100; at < 950; at += 37)
            png.At(at, at).ShouldNotBe("ffffff");
    }

    [Fact]
    public void Create_CodesForOtherSpots_AreRefused() =>
        Should.Throw<ArgumentException>(() => DomainMap.Create(s_grid, new SpotLabels("Domain", [0], ["0"])));

    [Fact]
    public void Create_ValuesWithGaps_DrawTheScaleAndTheGaps()
    {
        float[] values = [.. Enumerable.Range(0, 36).Select(i => i == 3 ? float.NaN : i)];
        SpotMap map = ValueMap.Create(s_grid, new SpotValues("weight", values), new MapOptions { LongSide = 128 });
        string svg = map.ToSvg();
        XDocument.Parse(svg);
        svg.ShouldContain(CategoricalPalette.Missing.ToString());
        svg.ShouldContain(SequentialColourMap.Colour(1).ToString());
        PngReader png = Png(map);
        png.At(12 + 4 + 10, 12 + 4 + 10).ShouldBe(SequentialColourMap.Colour(0).ToString()[1..]);
        png.At(12 + 4 + 110, 12 + 4 + 110).ShouldBe(SequentialColourMap.Colour(1).ToString()[1..]);
    }

    private static PngReader Png(SpotMap map)
    {
        using var stream = new MemoryStream();
        map.WritePng(stream);
        return PngReader.Read(stream.ToArray());
    }

    private static int Marks(string svg) =>
        XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "path").Sum(e => e.Attribute("d")!.Value.Count(c => c == 'M'));
}
