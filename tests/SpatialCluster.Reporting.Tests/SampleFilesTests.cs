using SpatialCluster.Compute.Randomness;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Html;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;
using SpatialCluster.Reporting.Tests.Campaigns;

namespace SpatialCluster.Reporting.Tests;

public sealed class SampleFilesTests
{
    /// <summary>Writes pictures for people to look at into the folder that SPATIALCLUSTER_SAMPLES names.</summary>
    [SkippableFact]
    public void Write_Samples_ForEyes()
    {
        string? folder = Environment.GetEnvironmentVariable("SPATIALCLUSTER_SAMPLES");
        Skip.If(string.IsNullOrEmpty(folder), "SPATIALCLUSTER_SAMPLES names no folder");
        Directory.CreateDirectory(folder);
        IntegrationReport report = SampleReport.Make();
        Write(folder, "small.html", s => HtmlReport.Write(report, s));
        IntegrationReport large = SampleReport.Make(180, 240);
        Write(folder, "large.html", s => HtmlReport.Write(large, s));
        IntegrationReport million = SampleReport.Make(996, 1002);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Write(folder, "million.html", s => HtmlReport.Write(million, s));
        File.WriteAllText(Path.Combine(folder, "million.txt"), $"{clock.Elapsed.TotalSeconds:0.00} s for {million.Places.Count} spots\n");
        Map(folder, "domains", DomainMap.Create(report.Places, report.Domains, new MapOptions { Title = report.Title }));
        Map(folder, "truth", DomainMap.Create(report.Places, report.Truth!, new MapOptions { LongSide = 500 }, report.Domains));
        Map(folder, "attention", ValueMap.Create(report.Places, new SpotValues("attention to rna", report.Modalities[0].Attention!)));

        var random = new RandomStream(9);
        const int cells = 3000;
        var places = new SpotPlaces([.. Enumerable.Range(0, cells).Select(_ => 900 * random.NextDouble())], [.. Enumerable.Range(0, cells).Select(_ => 600 * random.NextDouble())]);
        string[] names = [.. Enumerable.Range(0, 22).Select(i => "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i] + " cells; zone_" + i + " (µm) gqjpy")];
        int[] codes = [.. Enumerable.Range(0, cells).Select(i => (int)(places.X[i] / 82 * 2) % 22)];
        Map(folder, "cells", DomainMap.Create(places, new SpotLabels("Annotation", codes, names), new MapOptions { Title = "The quick brown fox jumps over the lazy dog, 0123456789 #@&%$!?*" }));
        Write(folder, "cells.html", s => HtmlReport.Write(
            report with
            {
                Title = "Cells without truth",
                Places = places,
                Domains = new SpotLabels("Domain", codes, names),
                Truth = null,
                Modalities = [new ReportModality("rna", "RNA", 500, 500, [.. codes.Select(c => (float)(0.3 + 0.01 * c + 0.02 * random.NextGaussian()))]),],
                Embedding = null,
                Figures = [],
                AdjustedRandIndex = null,
            },
            s));
    }

    /// <summary>Writes pages of campaigns for people to look at into the folder that SPATIALCLUSTER_SAMPLES names.</summary>
    [SkippableFact]
    public void Write_SampleCampaigns_ForEyes()
    {
        string? folder = Environment.GetEnvironmentVariable("SPATIALCLUSTER_SAMPLES");
        Skip.If(string.IsNullOrEmpty(folder), "SPATIALCLUSTER_SAMPLES names no folder");
        Directory.CreateDirectory(folder);
        CampaignReport report = SampleCampaign.Make(36);
        Write(folder, "campaign.html", s => CampaignHtmlReport.Write(report, s));
        Write(folder, "scores.csv", s => CampaignTables.WriteScores(report.Runs, s));
        Write(folder, "runs.csv", s => CampaignTables.WriteRuns(report.Runs, s));
        Write(folder, "runs.jsonl", s => CampaignTables.WriteRunLines(report.Runs, s));
        Write(folder, "campaign-plain.html", s => CampaignHtmlReport.Write(SampleCampaign.Plain(), s));
        Write(folder, "campaign-wide.html", s => CampaignHtmlReport.Write(SampleCampaign.Wide(), s));
        Write(folder, "campaign-empty.html", s => CampaignHtmlReport.Write(report with { Runs = [.. report.Runs.Select(r => r with { Status = CampaignRunStatus.Missing })], Tissues = [], Agreements = [] }, s));
    }

    private static void Map(string folder, string name, SpotMap map)
    {
        Write(folder, name + ".png", map.WritePng);
        File.WriteAllText(Path.Combine(folder, name + ".svg"), map.ToSvg());
    }

    private static void Write(string folder, string name, Action<Stream> write)
    {
        using FileStream stream = File.Create(Path.Combine(folder, name));
        write(stream);
    }
}
