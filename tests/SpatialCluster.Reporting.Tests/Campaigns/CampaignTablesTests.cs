using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Reporting.Tests.Campaigns;

public sealed class CampaignTablesTests
{
    private static readonly CampaignReport s_sample = SampleCampaign.Make();

    [Fact]
    public void WriteScores_EveryRunAndMetric_HasALine()
    {
        List<IDictionary<string, object>> rows = Csv(CampaignTables.WriteScores, s_sample);
        rows.Count.ShouldBe(s_sample.Runs.Count * 9);
        rows[0]["dataset_id"].ShouldBe("protein_s1");
        rows[0]["method_id"].ShouldBe("spami");
        rows[0]["metric_id"].ShouldBe("ari");
        rows[0]["perturbation_level"].ShouldBe("0.2");
        double.Parse((string)rows[0]["metric_value"], CultureInfo.InvariantCulture).ShouldBe(s_sample.Runs[0].Score("ari")!.Value);
        rows[20 * 9]["status"].ShouldBe("failed");
        rows[20 * 9]["metric_value"].ShouldBe("");
    }

    [Fact]
    public void WriteRuns_TextsThatCsvCannotHoldBare_ComeBackWhole()
    {
        const string error = "one, \"two\"\nthree";
        CampaignReport report = s_sample with
        {
            Runs = [s_sample.Runs[0] with { Status = CampaignRunStatus.Failed, Error = error, Scores = new Dictionary<string, double?> { ["ari"] = double.NaN, ["zeta"] = null, ["alpha"] = -0.125 } }],
        };
        IDictionary<string, object> row = Csv(CampaignTables.WriteRuns, report).Single();
        row["error"].ShouldBe(error);
        row["ari"].ShouldBe("");
        row["zeta"].ShouldBe("");
        row["alpha"].ShouldBe("-0.125");
        row["peak_memory_mb"].ShouldBe("314");
        row.Keys.ToList().IndexOf("ari").ShouldBeLessThan(row.Keys.ToList().IndexOf("alpha"));
        row.Keys.ToList().IndexOf("alpha").ShouldBeLessThan(row.Keys.ToList().IndexOf("zeta"));
    }

    [Fact]
    public void WriteRunLines_EveryLine_IsAnObjectWithIdsBesideValues()
    {
        string[] lines = Text(CampaignTables.WriteRunLines, s_sample).TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(s_sample.Runs.Count);
        for (int i = 0; i < lines.Length; i++)
        {
            using var json = JsonDocument.Parse(lines[i]);
            JsonElement run = json.RootElement;
            string[] ids = [.. run.GetProperty("metric_ids").EnumerateArray().Select(id => id.GetString()!)];
            ids.ShouldBe(["ari", "ami", "nmi", "homogeneity", "completeness", "v_measure", "silhouette", "moran", "neighbor_agreement"]);
            JsonElement[] values = [.. run.GetProperty("metric_values").EnumerateArray()];
            for (int m = 0; m < ids.Length; m++)
                (values[m].ValueKind == JsonValueKind.Null ? (double?)null : values[m].GetDouble()).ShouldBe(s_sample.Runs[i].Score(ids[m]));
            run.GetProperty("seed").GetUInt64().ShouldBe(s_sample.Runs[i].Seed);
            run.GetProperty("resources").TryGetProperty("duration_sec", out _).ShouldBeTrue();
        }

        lines[20].ShouldContain("\"status\":\"failed\"");
        lines[20].ShouldContain("gradient norm 3.1e+14");
    }

    [Fact]
    public void Write_ScoresInAnotherOrder_GiveTheSameBytes()
    {
        CampaignReport turned = s_sample with { Runs = [.. s_sample.Runs.Select(r => r with { Scores = r.Scores.Reverse().ToDictionary(p => p.Key, p => p.Value) })] };
        foreach (Action<IReadOnlyList<CampaignRun>, Stream> write in new Action<IReadOnlyList<CampaignRun>, Stream>[] { CampaignTables.WriteScores, CampaignTables.WriteRuns, CampaignTables.WriteRunLines })
            Text(write, turned).ShouldBe(Text(write, s_sample));
    }

    [Fact]
    public void WriteAgreements_EveryAgreement_HasALineWithTheKeysOfItsRuns()
    {
        using var stream = new MemoryStream();
        CampaignTables.WriteAgreements(s_sample.Agreements, stream);
        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(1 + s_sample.Agreements.Count);
        lines[0].ShouldEndWith(",clusterer,is_control,pairs,seed_ari_mean,seed_ari_min");
        string runs = Text(CampaignTables.WriteRuns, s_sample);
        foreach ((string line, SeedAgreement agreement) in lines.Skip(1).Zip(s_sample.Agreements))
        {
            string figures = string.Create(CultureInfo.InvariantCulture, $",{agreement.Pairs},{agreement.Mean:R},{agreement.Least:R}");
            line.ShouldEndWith(figures);
            runs.ShouldContain(line[..^figures.Length] + ",", customMessage: "a table of agreements joins that of runs");
        }
    }

    private static string Text(Action<IReadOnlyList<CampaignRun>, Stream> write, CampaignReport report)
    {
        using var stream = new MemoryStream();
        write(report.Runs, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<IDictionary<string, object>> Csv(Action<IReadOnlyList<CampaignRun>, Stream> write, CampaignReport report)
    {
        using var csv = new CsvReader(new StringReader(Text(write, report)), new CsvConfiguration(CultureInfo.InvariantCulture));
        return [.. csv.GetRecords<dynamic>().Select(row => (IDictionary<string, object>)row)];
    }
}
