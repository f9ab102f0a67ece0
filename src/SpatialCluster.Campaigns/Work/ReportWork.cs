using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Tables;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Makes the tables of a campaign.</summary>
internal sealed class ReportWork : IGrainWork
{
    public string Kind => ReportSpec.KindName;

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        ReportSpec report = ReportSpec.Parse(spec);
        context.Begin("read evaluations");
        CampaignTable table = CampaignTable.Of(report.Rows, context.Input);
        context.Begin("compare seeds");
        IReadOnlyList<SeedAgreement> seeds = SeedAgreement.Of(table, context.Open, context.Cancellation);
        context.Begin("write");
        GrainOutput[] outputs =
        [
            context.Put(TableFiles.Scores, stream => TableFiles.WriteScores(stream, table)),
            context.Put(TableFiles.Runs, stream => TableFiles.WriteRuns(stream, table)),
            context.Put(TableFiles.Seeds, stream => TableFiles.WriteSeeds(stream, seeds)),
        ];
        return new GrainProducts(outputs, new JsonObject
        {
            ["rows"] = table.Rows.Count,
            ["evaluations"] = table.Rows.Select(r => r.Row.Evaluation).Distinct().Count(),
            ["metrics"] = new JsonArray([.. table.Metrics.Select(m => (JsonNode)m)]),
        });
    }
}
