using System.Text.Json.Nodes;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>Queries as Prometheus reads them.</summary>
internal static class PrometheusQueries
{
    public static void ShouldBeRight(IReadOnlyList<string> queries)
    {
        string promtool = Tool.Require("prometheus", "promtool");
        using var folder = new DeploymentFolder();
        // JSON is YAML.
        var rules = new JsonObject
        {
            ["groups"] = new JsonArray(new JsonObject
            {
                ["name"] = "queries",
                ["rules"] = new JsonArray([.. queries.Select((query, index) => new JsonObject { ["record"] = $"query:{index}", ["expr"] = query })]),
            }),
        };
        Tool.Run(promtool, ["check", "rules", folder.Write("queries.yaml", rules.ToJsonString())]).ShouldSucceed();
    }
}
