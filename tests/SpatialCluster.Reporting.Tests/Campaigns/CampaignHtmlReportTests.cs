using System.Text;
using System.Xml;
using System.Xml.Linq;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Html;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Tests.Campaigns;

public sealed class CampaignHtmlReportTests
{
    private const string Evil = "</style></title><script>alert(\"x\")</script>&'\u0000";

    private static readonly CampaignReport s_sample = SampleCampaign.Make();

    [Fact]
    public void Write_FullReport_HasEverySection()
    {
        XDocument page = Parse(Page(s_sample));
        Headings(page).ShouldBe(
        [
            "Notes", "Scores of each method", "Scores against Gaussian noise", "Ablations", "Domains on the tissue", "Embeddings in two dimensions",
            "Moran’s I of each domain", "Time and memory", "Failed runs: 2", "Provenance",
        ]);
        page.Root!.Value.ShouldContain("gradient norm 3.1e+14");
        page.Root.Value.ShouldContain("9.1 GB are needed");
        page.Root.Value.ShouldContain("sha256:fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13");
        page.Root.Value.ShouldContain("1 run not run yet");
        // Eight slices, each with the truth and six methods.
        Classed(page, "svg", "tissue").Count().ShouldBe(8 * 7);
        Classed(page, "svg", "scatter").Count().ShouldBe(8 * 6);
        // Two families and four metrics against noise, and one chart of ablations.
        Classed(page, "svg", "panel").Count().ShouldBe((2 * 4) + 1);
    }

    [Fact]
    public void Write_SummaryTable_HoldsMeansAndMarksTheBest()
    {
        XDocument page = Parse(Page(s_sample));
        XElement table = Named(page, "table").First();
        Named(table, "th").Where(h => h.Parent!.Parent!.Name.LocalName == "thead").Select(h => h.Value).ShouldBe(
            ["Method", "Runs", "ARI", "AMI", "NMI", "Homogeneity", "Completeness", "V", "Silhouette", "Moran’s I", "Neighbours", "ARI between seeds"]);
        XElement glue = Named(table, "tr").Single(r => r.Elements().First().Value == "SpatialGlue");
        double[] scores = [.. s_sample.Runs.Where(r => r.Method.Title == "SpatialGlue").Select(r => r.Score("ari")!.Value)];
        double mean = scores.Average(), deviation = Math.Sqrt(scores.Sum(v => (v - mean) * (v - mean)) / (scores.Length - 1));
        glue.Elements().ElementAt(2).Value.ShouldBe($"{mean:0.000}± {deviation:0.000}");
        XElement best = Named(table, "tr").Single(r => r.Elements().ElementAt(2).Value.StartsWith('★'));
        best.Elements().First().Value.ShouldBe("SpaMI");
        best.Elements().ElementAt(1).Value.ShouldBe("23of 24");
        Named(table, "th").Where(h => h.Attribute("title")?.Value.Contains("ARI_cluster/label", StringComparison.Ordinal) == true).Count().ShouldBe(1);
    }

    [Fact]
    public void Write_ControlWithTheHighestScore_IsNotMarkedBest()
    {
        CampaignReport report = s_sample with { Runs = [.. s_sample.Runs.Select(r => r.Method.IsControl ? r with { Scores = new Dictionary<string, double?> { ["ari"] = 1 } } : r)], Tissues = [] };
        XElement table = Named(Parse(Page(report)), "table").First();
        Named(table, "tr").Single(r => r.Elements().ElementAt(2).Value.StartsWith('★')).Elements().First().Value.ShouldBe("SpaMI");
    }

    [Fact]
    public void Write_OneSeedWithoutTruth_ShowsWhatNeedsNeither()
    {
        XDocument page = Parse(Page(SampleCampaign.Plain()));
        Headings(page).ShouldBe(["Notes", "Scores of each method", "Scores by dataset", "Domains on the tissue", "Embeddings in two dimensions", "Moran’s I of each domain", "Time and memory", "Provenance"]);
        Named(page, "th").Concat(Named(page, "figcaption")).ShouldNotContain(e => e.Value.Contains("ARI", StringComparison.Ordinal));
        page.Root!.Value.ShouldContain("without protein");
        Classed(page, "span", "sd").First().Value.ShouldStartWith("± ");
        Classed(page, "path", "whisker").ShouldBeEmpty();
    }

    [Fact]
    public void Write_OneMethodAndOneRun_HasNeitherSpreadNorBest()
    {
        CampaignReport report = s_sample with { Runs = [s_sample.Runs[0]], Agreements = [], Tissues = [] };
        XDocument page = Parse(Page(report));
        Classed(page, "span", "sd").ShouldBeEmpty();
        Classed(page, "span", "star").ShouldBeEmpty();
        page.Root!.Value.ShouldContain("1 method on 1 dataset");
    }

    [Fact]
    public void Write_NoFinishedRun_SaysSo()
    {
        CampaignReport report = s_sample with { Runs = [.. s_sample.Runs.Select(r => r with { Status = CampaignRunStatus.Missing })], Agreements = [], Tissues = [] };
        XDocument page = Parse(Page(report));
        Headings(page).ShouldBe(["Notes", "Scores of each method", "Runs that are not there", "Provenance"]);
        page.Root!.Value.ShouldContain("No run has finished");
        Parse(Page(report with { Runs = [] })).Root!.Value.ShouldContain("none in the plan");
    }

    [Fact]
    public void Write_FortyDatasets_DrawsAFewAndSaysHowMany()
    {
        string html = Page(SampleCampaign.Wide());
        XDocument page = Parse(html);
        page.Root!.Value.ShouldContain("8 of 40 datasets are drawn");
        page.Root.Value.ShouldContain("SpaMI · hidden=256,64; neighbours=3");
        html.Length.ShouldBeLessThan(3_000_000);
    }

    [Fact]
    public void Write_MarkupInEveryText_IsEscaped()
    {
        CampaignMethod Spoilt(CampaignMethod m) => m with { Id = Evil, Title = m.Title + Evil, Preset = Evil, Overrides = Evil, Version = Evil, Clusterer = Evil, Ablation = m.Ablation.Length > 0 ? m.Ablation + Evil : "" };
        CampaignDataset SpoiltSet(CampaignDataset d) => d with { Id = Evil, Family = Evil, Perturbation = d.Perturbation! with { Kind = Evil, Title = Evil } };
        CampaignReport report = s_sample with
        {
            Title = Evil,
            Description = Evil,
            When = Evil,
            Notes = [Evil],
            Runs = [.. s_sample.Runs.Select(r => r with { Method = Spoilt(r.Method), Dataset = SpoiltSet(r.Dataset), Error = Evil, Digest = Evil, Scores = new Dictionary<string, double?>(r.Scores) { [Evil] = 1 } })],
            Agreements = [.. s_sample.Agreements.Select(a => a with { Method = Spoilt(a.Method), Dataset = SpoiltSet(a.Dataset) })],
            Tissues =
            [
                .. s_sample.Tissues.Select(t => t with
                {
                    Dataset = SpoiltSet(t.Dataset),
                    Truth = t.Truth! with { Title = Evil, Categories = [Evil, "1", "2", "3", "4"] },
                    Maps = [.. t.Maps.Select(m => m with { Method = Spoilt(m.Method), Domains = m.Domains with { Title = Evil, Categories = [Evil, "1", "2", "3", "4"] }, Embedding = m.Embedding! with { XTitle = Evil, YTitle = Evil } })],
                }),
            ],
            Provenance = new CampaignProvenance
            {
                Version = Evil, CommandLine = Evil, Store = Evil, Document = Evil, DocumentDigest = Evil, PlanDigest = Evil, ResultsDigest = Evil,
                Machines = [Evil], Details = [new ReportEntry(Evil, Evil)],
            },
        };
        string html = Page(report);
        html.ShouldNotContain("<script");
        XDocument page = Parse(html);
        Named(page, "h1").Single().Value.ShouldBe("</style></title><script>alert(\"x\")</script>&'\uFFFD");
        Named(page, "style").Count().ShouldBe(1);
    }

    [Fact]
    public void Write_AnyReport_NamesNothingOutsideOfItself()
    {
        string html = Page(s_sample);
        html.ShouldNotContain("http:");
        html.ShouldNotContain("https:");
        html.ShouldNotContain("<script");
        XDocument page = Parse(html);
        string[] ids = [.. page.Descendants().Select(e => e.Attribute("id")?.Value).OfType<string>()];
        ids.ShouldBeUnique();
        foreach (XAttribute link in page.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src"))
            (link.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal) || (link.Value[0] == '#' && ids.Contains(link.Value[1..]))).ShouldBeTrue(link.Value[..Math.Min(60, link.Value.Length)]);
    }

    [Fact]
    public void Write_Pictures_SayInWordsWhatTheyShow()
    {
        foreach (XElement svg in Named(Parse(Page(s_sample)), "svg"))
        {
            bool hidden = svg.Attribute("aria-hidden")?.Value == "true";
            (hidden || (svg.Attribute("role")?.Value == "img" && svg.Attribute("aria-label")?.Value.Length > 10)).ShouldBeTrue(svg.ToString()[..80]);
        }
    }

    [Fact]
    public void Write_Tables_HeadEveryRowAndColumn()
    {
        foreach (XElement head in Named(Parse(Page(s_sample)), "th"))
            head.Attribute("scope")?.Value.ShouldBeOneOf("row", "col");
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes() => Page(s_sample).ShouldBe(Page(SampleCampaign.Make()));

    [Fact]
    public void Write_UnperturbedRuns_StandAtTheLevelThatChangesNothing()
    {
        List<CampaignRun> runs = [.. s_sample.Runs];
        runs.Add(runs[0] with { Dataset = new CampaignDataset("protein_s1", "rna+protein"), Scores = new Dictionary<string, double?> { ["ari"] = 0.5 } });
        XDocument page = Parse(Page(s_sample with { Runs = runs, Tissues = [] }));
        Named(page, "title").Select(t => t.Value).ShouldContain("SpaMI at 0: 0.5");
    }

    [Fact]
    public void Write_ArraysOfOtherSpots_AreRefusedWithTheSlicesName()
    {
        CampaignTissue tissue = s_sample.Tissues[0];
        string message = Should.Throw<BadInputException>(() => Page(s_sample with { Tissues = [tissue with { Maps = [tissue.Maps[0] with { Domains = new SpotLabels("Domain", [0], ["0"]) }] }] })).Message;
        message.ShouldContain("SpaMI");
        message.ShouldContain("protein_s1");
        message.ShouldContain("144");
        Should.Throw<BadInputException>(() => Page(s_sample with { Tissues = [tissue with { Truth = tissue.Truth! with { Categories = ["0"] } }] })).Message.ShouldContain("category");
    }

    private static string[] Headings(XDocument page) => [.. Named(page, "h2").Select(h => h.Value)];

    private static IEnumerable<XElement> Classed(XContainer page, string name, string css) =>
        Named(page, name).Where(e => e.Attribute("class")?.Value.Split(' ').Contains(css) == true);

    private static IEnumerable<XElement> Named(XContainer page, string name) => page.Descendants().Where(e => e.Name.LocalName == name);

    private static string Page(CampaignReport report)
    {
        using var stream = new MemoryStream();
        CampaignHtmlReport.Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
