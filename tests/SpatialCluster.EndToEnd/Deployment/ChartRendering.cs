using System.Text.Json.Nodes;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>What the chart gives for some values, or why it gives nothing.</summary>
internal sealed record ChartRendering(JsonNode Values, IReadOnlyList<ChartObject> Objects, string Notes, string? Error)
{
    public IEnumerable<ChartObject> Of(string kind) => Objects.Where(o => o.Kind == kind);

    public static ChartRendering Parse(string json)
    {
        JsonNode node = JsonNode.Parse(json)!;
        return new ChartRendering(
            node["values"]!,
            [.. (node["objects"] as JsonArray ?? []).Select(o => new ChartObject((string)o!["source"]!, o["object"]!))],
            (string)node["notes"]!,
            (string?)node["error"]);
    }
}
