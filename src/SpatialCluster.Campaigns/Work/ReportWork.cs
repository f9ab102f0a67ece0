using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Tables;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Makes the tables of a campaign; time and memory, which no spec determines, stay empty in them.</summary>
internal sealed class ReportWork : IGrainWork
{
    public string Kind => ReportSpec.KindName;

    public IReadOnlyList<string> Codes { get; } = [GrainSpec.CodeOf(ReportSpec.KindName, GrainVersions.Report)];

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        ReportSpec report = ReportSpec.Parse(spec);
        context.Begin("read evaluations");
        CampaignTable table = CampaignTable.Of(report.Rows, context.Input);
        CampaignRun[] runs = [.. table.Rows.Select(TableRecords.RunOf)];
        context.Begin("compare seeds");
        IReadOnlyList<SeedAgreement> seeds = SeedComparison.Of(table, context.Open, context.Cancellation);
        context.Begin("write");
        GrainOutput[] outputs =
        [
            context.Put(CampaignTables.Scores, stream => CampaignTables.WriteScores(runs, stream)),
            context.Put(CampaignTables.Runs, stream => CampaignTables.WriteRuns(runs, stream)),
            context.Put(CampaignTables.RunLines, stream => CampaignTables.WriteRunLines(runs, stream)),
            context.Put(CampaignTables.Agreements, stream => CampaignTables.WriteAgreements(seeds, stream)),
        ];
        return new GrainProducts(outputs, new JsonObject
        {
            ["rows"] = table.Rows.Count,
            ["evaluations"] = table.Rows.Select(r => r.Row.Evaluation).Distinct().Count(),
            ["metrics"] = new JsonArray([.. table.Metrics.Select(m => (JsonNode)m)]),
        });
    }
}
