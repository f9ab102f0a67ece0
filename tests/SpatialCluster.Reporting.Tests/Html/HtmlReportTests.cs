using System.Text;
using System.Xml;
using System.Xml.Linq;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Reporting.Html;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Tests.Html;

public sealed class HtmlReportTests
{
    private const string Evil = "</style></title><script>alert(\"x\")</script>&'\u0000\uD800";

    private static readonly IntegrationReport s_sample = SampleReport.Make(12, 12);

    [Fact]
    public void Write_FullReport_HasEveryPart()
    {
        XDocument page = Parse(Page(s_sample));
        string[] headings = [.. Named(page, "h2").Select(h => h.Value)];
        headings.ShouldBe(["Notes", "Domains on the tissue", "Embedding", "Loss", "Attention to each modality", "Parameters", "Time and memory", "Provenance"]);
        Named(page, "svg").Count(s => s.Attribute("class")?.Value == "tissue").ShouldBe(4);
        page.Root!.Value.ShouldContain("0.927");
        page.Root.Value.ShouldContain("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        page.Root.Value.ShouldContain("CD83, CD86");
    }

    [Fact]
    public void Write_LeastReport_LeavesOutWhatIsNotThere()
    {
        XDocument page = Parse(Page(Least()));
        Named(page, "h2").Select(h => h.Value).ShouldBe(["Domains on the tissue", "Provenance"]);
        Named(page, "dt").Select(t => t.Value).ShouldBe(["Spots", "rna", "Domains"]);
    }

    [Fact]
    public void Write_AnyReport_NamesNothingOutsideOfItself()
    {
        string html = Page(s_sample);
        html.ShouldNotContain("http:");
        html.ShouldNotContain("https:");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("@import");
        XDocument page = Parse(html);
        foreach (XAttribute link in page.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src"))
            link.Value.ShouldStartWith("data:");
    }

    [Fact]
    public void Write_MarkupInEveryText_IsEscaped()
    {
        IntegrationReport report = s_sample with
        {
            Title = Evil,
            Method = Evil,
            Preset = Evil,
            Domains = s_sample.Domains with { Title = Evil, Categories = [Evil, "1", "2", "3", "4"] },
            Truth = s_sample.Truth! with { Title = Evil, Categories = [Evil, "1", "2", "3", "4"] },
            Modalities = [.. s_sample.Modalities.Select(m => m with { Name = Evil, Kind = Evil })],
            Losses = [.. s_sample.Losses.Select(l => l with { Name = Evil })],
            Embedding = s_sample.Embedding! with { XTitle = Evil, YTitle = Evil },
            Figures = [new ReportEntry(Evil, Evil)],
            Parameters = [new ReportEntry(Evil, Evil)],
            Timings = [new StageTiming(Evil, 1)],
            Notes = [Evil],
            Provenance = new ReportProvenance
            {
                Version = Evil,
                Backend = Evil,
                CommandLine = Evil,
                Inputs = [new ReportInput(Evil, 1, Evil)],
                Details = [new ReportEntry(Evil, Evil)],
            },
        };
        string html = Page(report);
        html.ShouldNotContain("<script");
        XDocument page = Parse(html);
        Named(page, "h1").Single().Value.ShouldBe("</style></title><script>alert(\"x\")</script>&'\uFFFD\uFFFD");
        Named(page, "style").Count().ShouldBe(1);
    }

    [Fact]
    public void Write_Pictures_SayInWordsWhatTheyShow()
    {
        foreach (XElement svg in Named(Parse(Page(s_sample)), "svg"))
        {
            bool hidden = svg.Attribute("aria-hidden")?.Value == "true";
            (hidden || svg is { } && svg.Attribute("role")?.Value == "img" && svg.Attribute("aria-label")?.Value.Length > 10).ShouldBeTrue(svg.ToString()[..80]);
        }
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes() => Page(s_sample).ShouldBe(Page(SampleReport.Make(12, 12)));

    [Fact]
    public void Write_ManySpots_EmbedsImagesInsteadOfShapes()
    {
        IntegrationReport report = SampleReport.Make(150, 150);
        string html = Page(report);
        XDocument page = Parse(html);
        // Domains, truth, two attention maps, the embedding.
        Named(page, "image").Count().ShouldBe(5);
        // A handful of bytes per spot and picture; shapes would take about 20 each, and nodes about 80.
        html.Length.ShouldBeLessThan(22_500 * 5 * 15);
    }

    [Fact]
    public void Write_NumbersThatAreNone_StayOutOfThePictures()
    {
        double[] losses = [1, double.NaN, double.PositiveInfinity, 0.5, -0.25];
        IntegrationReport report = SampleReport.Make(12, 12) with { Losses = [new LossSeries("total", losses)] };
        report.Embedding!.X[3] = double.NaN;
        XDocument page = Parse(Page(report));
        foreach (XElement path in Named(page, "path"))
            path.Attribute("d")!.Value.ShouldNotContain("N");
        // Negative losses have no logarithm: only the linear chart is there.
        Named(page, "input").ShouldBeEmpty();
    }

    [Fact]
    public void Write_ArraysOfOtherSpots_AreRefusedWithBothNumbers()
    {
        string message = Should.Throw<BadInputException>(() => Page(s_sample with { Truth = new SpotLabels("Truth", [0], ["0"]) })).Message;
        message.ShouldContain("144");
        Should.Throw<BadInputException>(() => Page(s_sample with { Domains = s_sample.Domains with { Categories = ["0"] } })).Message.ShouldContain("category");
        Should.Throw<BadInputException>(() => Page(s_sample with { Places = s_sample.Places with { X = [.. Enumerable.Repeat(double.NaN, 144)] } })).Message.ShouldContain("spot 0");
        Should.Throw<BadInputException>(() => Page(s_sample with { Modalities = [s_sample.Modalities[0] with { Attention = [1] }] })).Message.ShouldContain("'rna'");
    }

    private static IntegrationReport Least() => new()
    {
        Title = "least",
        Method = "pca",
        Preset = "default",
        Seed = 0,
        Places = new SpotPlaces([1], [2]),
        Modalities = [new ReportModality("rna", "RNA", 1, 1)],
        Domains = new SpotLabels("Domain", [0], ["0"]),
        Provenance = new ReportProvenance { Version = "0.1.0", Backend = "cpu" },
    };

    private static IEnumerable<XElement> Named(XDocument page, string name) => page.Descendants().Where(e => e.Name.LocalName == name);

    private static string Page(IntegrationReport report)
    {
        using var stream = new MemoryStream();
        HtmlReport.Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // The page is HTML that is also well-formed XML, so that a strict reader can check it.
    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
