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
        (string[] header, List<string[]> lines) = Csv(Text(Report(), "scores.csv"));
        header.ShouldBe(["dataset_id", "dataset_type", "perturbation", "level", "without", "method_id", "variant", "preset", "seed", "clusterer", "metric_id", "metric_value"]);

        // Ten scores and the number of domains; the joint graph has no silhouettes.
        lines.Count.ShouldBe((3 * 11) + (2 * 9));
        lines[0][..11].ShouldBe(["small", "rna+protein", "noise", "0.5", "", "spami", "", "paper/simulated", "0", "leiden", "ari"]);
        double.Parse(lines[0][11], CultureInfo.InvariantCulture).ShouldBe(Figures(_rows[0]).Score("ari")!.Value);
        lines[10][10..].ShouldBe(["n_domains", "3"]);
        lines[^1][6].ShouldBe("plain, \"quoted\"");
        lines.Where(l => l[5] == "wnn").ShouldNotContain(l => l[10].StartsWith("asw"));
    }

    [Fact]
    public void Run_AReport_WritesOneLineOfJsonPerRow()
    {
        string[] lines = Text(Report(), "runs.jsonl").TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(5);
        JsonNode first = JsonNode.Parse(lines[0])!;
        ((string)first["method_id"]!).ShouldBe("spami");
        ((double)first["metrics"]!["ari"]!).ShouldBe(Figures(_rows[0]).Score("ari")!.Value);
        first["domain_sizes"]!.AsArray().Sum(s => (int)s!).ShouldBe(SmallRuns.Spots);
        ((string)first["evaluation"]!).ShouldBe(_rows[0].Evaluation.Digest.Hex);
        JsonNode last = JsonNode.Parse(lines[4])!;
        last["metrics"]!["asw_label"].ShouldBeNull();
        last["metrics"]!.AsObject().ContainsKey("asw_label").ShouldBeTrue();
    }

    [Fact]
    public void Run_AReport_ComparesTheSeedsOfEachMethod()
    {
        (string[] header, List<string[]> lines) = Csv(Text(Report(), "seed_agreement.csv"));
        header[^4..].ShouldBe(["evaluations", "pairs", "seed_ari_mean", "seed_ari_min"]);
        string[] line = lines.ShouldHaveSingleItem();
        line[5].ShouldBe("spami");
        line[9..11].ShouldBe(["3", "3"]);
        int[][] labels = [.. _rows[..3].Select(r => new StoredArrays(_context.Input(r.Evaluation), _context.Open).List<int>("domains.npy"))];
        double[] pairs = [Ari(0, 1), Ari(0, 2), Ari(1, 2)];
        pairs.Distinct().Count().ShouldBe(3, "the seeds should differ, or the test tests nothing");
        double.Parse(line[11], CultureInfo.InvariantCulture).ShouldBe(pairs.Average(), 1e-15);
        double.Parse(line[12], CultureInfo.InvariantCulture).ShouldBe(pairs.Min());

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
        SeedAgreement.Of(table, _context.Open).ShouldHaveSingleItem().Pairs.ShouldBe(1);
        using var stream = new MemoryStream();
        TableFiles.WriteRuns(stream, table);
        Encoding.UTF8.GetString(stream.ToArray()).Count('\n').ShouldBe(4);
        CampaignTable.Of(_rows, _ => null).Metrics.ShouldBeEmpty();
    }

    [Fact]
    public void Of_SeedsOfDifferentSlices_AreNotCompared()
    {
        ReportRow[] apart = [.. _rows[..3].Select((row, i) => row with { Slice = new GrainKey("slice", _context.Blob([8, (byte)i])) })];
        SeedAgreement.Of(CampaignTable.Of(apart, _context.Input), _context.Open).ShouldBeEmpty();
    }

    [Fact]
    public void Run_AReportTwice_GivesTheSameBytes() => Report().ToJson().ShouldBe(Report().ToJson());

    public void Dispose() => _context.Dispose();

    private GrainResult Report() => _context.Run(new ReportSpec { Rows = _rows });

    private EvaluationFigures Figures(ReportRow row) => EvaluationFigures.Of(_context.Input(row.Evaluation));

    private string Text(GrainResult report, string name) => Encoding.UTF8.GetString(_context.Bytes(report, name));

    private static (string[] Header, List<string[]> Lines) Csv(string text)
    {
        using var csv = new CsvParser(new StringReader(text), CultureInfo.InvariantCulture);
        var lines = new List<string[]>();
        while (csv.Read())
            lines.Add(csv.Record!);
        return (lines[0], lines[1..]);
    }
}
