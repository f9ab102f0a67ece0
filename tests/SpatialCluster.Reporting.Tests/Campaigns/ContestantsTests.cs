using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Charts;
using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Tests.Campaigns;

public sealed class ContestantsTests
{
    [Fact]
    public void Names_OfMethodsOfOneTitle_SayWhatSetsThemApart()
    {
        CampaignMethod plain = SampleCampaign.Method(0);
        var contestants = new Contestants(Report(plain, plain with { Preset = "other" }, plain with { Overrides = "epochs=5" }, SampleCampaign.Method(1)));
        contestants.All.Select(c => c.Name).ShouldBe(["SpaMI · paper/simulated", "SpaMI · other", "SpaMI · paper/simulated · epochs=5", "SpatialGlue"]);
    }

    [Fact]
    public void Look_OfAnAblation_IsThatOfTheWholeMethod()
    {
        CampaignMethod whole = SampleCampaign.Method(2);
        var contestants = new Contestants(Report(SampleCampaign.Method(0), whole with { Ablation = "without graph", Overrides = "graph=none" }, whole));
        contestants.All[1].Look.ShouldBe(contestants.All[2].Look);
        contestants.All[0].Look.ShouldNotBe(contestants.All[2].Look);
        contestants.WholeOf(contestants.All[1])!.Method.ShouldBe(whole);
        contestants.Full.Count.ShouldBe(2);
    }

    [Fact]
    public void Look_OfTheFirst64_IsNeverTheSame()
    {
        string[] looks = [.. Enumerable.Range(0, 64).Select(i => new SeriesLook(i)).Select(look => $"{look.CssClass} {look.Marker(0, 0, 4)} {look.DashAttribute}")];
        looks.ShouldBeUnique();
    }

    [Fact]
    public void Palette_OnBothGrounds_HasContrast()
    {
        foreach ((IReadOnlyList<Rgb> colours, Rgb ground) in new[] { (SeriesPalette.OnLight, new Rgb(255, 255, 255)), (SeriesPalette.OnDark, Rgb.FromNumber(0x191D24)) })
        {
            foreach (Rgb colour in colours)
            {
                double a = Luminance(colour) + 0.05, b = Luminance(ground) + 0.05;
                // WCAG 2.1, 1.4.11: graphics need 3 : 1.
                (Math.Max(a, b) / Math.Min(a, b)).ShouldBeGreaterThan(3, colour.ToString());
            }
        }
    }

    [Fact]
    public void Spread_OfKnownNumbers_IsTheSampleDeviation()
    {
        Spread spread = Spread.Of([2, 4, 4, 4, 5, 5, 7, 9])!.Value;
        spread.Mean.ShouldBe(5);
        spread.Deviation!.Value.ShouldBe(Math.Sqrt(32.0 / 7), 1e-12);
        Spread.Of([3])!.Value.Deviation.ShouldBeNull();
        Spread.Of([]).ShouldBeNull();
        Spread.Median([3, 1, 2]).ShouldBe(2);
        Spread.Median([4, 1, 2, 3]).ShouldBe(2.5);
    }

    private static CampaignReport Report(params CampaignMethod[] methods) => new()
    {
        Title = "t",
        Runs = [.. methods.Select(method => new CampaignRun { Dataset = new CampaignDataset("d", "f"), Method = method, Seed = 0, Status = CampaignRunStatus.Done })],
        Provenance = new CampaignProvenance { Version = "0.1.0" },
    };

    private static double Luminance(Rgb colour) => (0.2126 * Linear(colour.R)) + (0.7152 * Linear(colour.G)) + (0.0722 * Linear(colour.B));

    private static double Linear(byte channel) => channel <= 10 ? channel / 255.0 / 12.92 : Math.Pow(((channel / 255.0) + 0.055) / 1.055, 2.4);
}
