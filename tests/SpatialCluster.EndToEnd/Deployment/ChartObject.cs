using System.Text.Json.Nodes;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>An object that the chart gives, and the template it came from.</summary>
internal sealed record ChartObject(string Source, JsonNode Object)
{
    public string Kind => (string)Object["kind"]!;

    public string Name => (string)Object["metadata"]!["name"]!;

    /// <summary>The spec of its pods, where it makes any.</summary>
    public JsonNode PodTemplate => Object["spec"]!["template"]!;

    public JsonNode Pod => PodTemplate["spec"]!;

    public JsonNode Container => Pod["containers"]!.AsArray().ShouldHaveSingleItem()!;

    public IReadOnlyList<string> Arguments => [.. Container["args"]!.AsArray().Select(argument => (string)argument!)];

    /// <summary>Whether labels have everything that a selector wants.</summary>
    public static bool Matches(JsonNode selector, JsonNode labels) =>
        selector.AsObject().All(wanted => labels[wanted.Key] is { } has && JsonNode.DeepEquals(has, wanted.Value));
}
