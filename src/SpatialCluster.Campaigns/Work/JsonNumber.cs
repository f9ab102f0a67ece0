using System.Text.Json.Nodes;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Numbers as JSON, which knows finite ones only.</summary>
internal static class JsonNumber
{
    /// <summary>The number; null for one that is absent or not finite.</summary>
    public static JsonNode? Of(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}
