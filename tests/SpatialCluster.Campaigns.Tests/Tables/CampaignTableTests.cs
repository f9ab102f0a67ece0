using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Tables;
using SpatialCluster.Campaigns.Tests.Work;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Campaigns.Tests.Tables;

public sealed class CampaignTableTests : IDisposable
{
    private readonly MemoryGrainContext _context = new();
    private readonly ReportRow[] _rows;

    public CampaignTableTests()
    {
        GrainKey slice = SmallRuns.Store(_context);
        var rows = new List<ReportRow>();
        for (byte seed = 0; seed < 3; seed++)
        {
            GrainKey run = SmallRuns.Store(_context, new MethodResult { Embedding = SmallRuns.Embedding(1.5, seed) }, seed);
            rows.Add(Specs.Row("spami", seed, _context.Run(Specs.Evaluation(run, slice)).Key, run, slice));
        }

        // A method that draws nothing: both seeds are one run.
        GrainKey joint = SmallRuns.Store(_context, SmallRuns.Joint(_context.Team), 9);
        GrainKey evaluation = _context.Run(Specs.Evaluation(joint, slice)).Key;
        rows.Add(Specs.Row("wnn", 0, evaluation, joint, slice));
        rows.Add(Specs.Row("wnn", 1, evaluation, joint, slice) with { Variant = "plain, \"quoted\"" });
        _rows = [.. rows];
    }

    [Fact]
    public void Run_AReport_WritesATidyTable()
    {
        List<Dictionary<string, string>> lines = Csv(Text(Report(), "scores.csv"));
        lines.Count.ShouldBe(_rows.Length * DomainScores.Names.Count);
        lines[0]["dataset_id"].ShouldBe("small");
        lines[0]["dataset_type"].ShouldBe("rna+protein");
        lines[0]["perturbation"].ShouldBe("gaussian_noise");
        lines[0]["perturbation_level"].ShouldBe("0.5");
        lines[0]["method_id"].ShouldBe("spami");
        lines[0]["status"].ShouldBe("done");
        lines[0]["metric_id"].ShouldBe("ari");
        double.Parse(lines[0]["metric_value"], CultureInfo.InvariantCulture).ShouldBe(Figures(_rows[0]).Score("ari")!.Value);
        lines[^1]["method_id"].ShouldBe("wnn (plain, \"quoted\")");

        // The joint graph has no silhouettes.
        lines.Where(l => l["metric_value"].Length == 0).Select(l => (l["method_id"][..3], l["metric_id"])).Distinct().ShouldBe([("wnn", "asw_label"), ("wnn", "asw_domain")]);
    }

    [Fact]
    public void Run_AReport_WritesRunsWithoutTimeAndMemory()
    {
        GrainResult report = Report();
        List<Dictionary<string, string>> table = Csv(Text(report, "runs.csv"));
        string[] lines = Text(report, "runs.jsonl").TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(_rows.Length);
        table.Count.ShouldBe(_rows.Length);
        for (int r = 0; r < lines.Length; r++)
        {
            JsonNode line = JsonNode.Parse(lines[r])!;
            ((string)line["status"]!).ShouldBe("done");
            ((int)line["domains_found"]!).ShouldBe(Figures(_rows[r]).Domains);
            ((double)line["resolution"]!).ShouldBe(Figures(_rows[r]).Resolution!.Value);
            line["domain_sizes"]!.AsArray().Sum(s => (int)s!).ShouldBe(SmallRuns.Spots);
            line["resources"]!.AsObject().ShouldAllBe(resource => resource.Value == null);
            table[r]["duration_sec"].ShouldBe("");
            table[r]["peak_memory_mb"].ShouldBe("");
            table[r]["digest"].ShouldBe((string)line["digest"]!);
        }

        table.Select(row => row["digest"]).Distinct().Count().ShouldBe(4, "two seeds of the joint graph are one evaluation");
    }

    [Fact]
    public void Run_AReport_ComparesTheSeedsOfEachMethod()
    {
        Dictionary<string, string> line = Csv(Text(Report(), "seed_agreement.csv")).ShouldHaveSingleItem();
        line["method_id"].ShouldBe("spami");
        line["pairs"].ShouldBe("3");
        int[][] labels = [.. _rows[..3].Select(r => new StoredArrays(_context.Input(r.Evaluation), _context.Open).List<int>("domains.npy"))];
        double[] pairs = [Ari(0, 1), Ari(0, 2), Ari(1, 2)];
        pairs.Distinct().Count().ShouldBe(3, "the seeds should differ, or the test tests nothing");
        double.Parse(line["seed_ari_mean"], CultureInfo.InvariantCulture).ShouldBe(pairs.Average(), 1e-15);
        double.Parse(line["seed_ari_min"], CultureInfo.InvariantCulture).ShouldBe(pairs.Min());

        double Ari(int a, int b) => ClusteringScores.Compare(labels[a], labels[b]).AdjustedRandIndex;
    }

    [Fact]
    public void Of_AHalfFinishedCampaign_HasGaps()
    {
        var asked = new List<GrainKey>();
        CampaignTable table = CampaignTable.Of(_rows, key =>
        {
            asked.Add(key);
            return key == _rows[1].Evaluation ? null : _context.Input(key);
        });
        asked.ShouldBeUnique();
        table.Rows.Select(r => r.Figures is null).ShouldBe([false, true, false, false, false]);
        table.Metrics.ShouldBe(DomainScores.Names);
        SeedComparison.Of(table, _context.Open).ShouldHaveSingleItem().Pairs.ShouldBe(1);
        CampaignRun[] runs = [.. table.Rows.Select(TableRecords.RunOf)];
        runs.Select(r => r.Status == CampaignRunStatus.Done).ShouldBe([true, false, true, true, true]);
        runs[1].Method.ShouldBe(runs[0].Method);
        runs[1].Scores.ShouldBeEmpty();
        CampaignTable.Of(_rows, _ => null).Metrics.ShouldBeEmpty();
    }

    [Fact]
    public void Of_SeedsOfDifferentSlices_AreNotCompared()
    {
        ReportRow[] apart = [.. _rows[..3].Select((row, i) => row with { Slice = new GrainKey("slice", _context.Blob([8, (byte)i])) })];
        SeedComparison.Of(CampaignTable.Of(apart, _context.Input), _context.Open).ShouldBeEmpty();
    }

    [Fact]
    public void Run_AReportTwice_GivesTheSameBytes() => Report().ToJson().ShouldBe(Report().ToJson());

    public void Dispose() => _context.Dispose();

    private GrainResult Report() => _context.Run(new ReportSpec { Rows = _rows });

    private EvaluationFigures Figures(ReportRow row) => EvaluationFigures.Of(_context.Input(row.Evaluation));

    private string Text(GrainResult report, string name) => Encoding.UTF8.GetString(_context.Bytes(report, name));

    private static List<Dictionary<string, string>> Csv(string text)
    {
        using var csv = new CsvParser(new StringReader(text), CultureInfo.InvariantCulture);
        csv.Read().ShouldBeTrue();
        string[] header = csv.Record!;
        var lines = new List<Dictionary<string, string>>();
        while (csv.Read())
            lines.Add(header.Zip(csv.Record!).ToDictionary(pair => pair.First, pair => pair.Second));
        return lines;
    }
}
