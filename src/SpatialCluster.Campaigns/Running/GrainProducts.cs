using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Running;

/// <summary>What the work of a grain gives: outputs that lie in the store already, and small facts. The spec determines all of it.</summary>
/// <param name="Outputs">Each under its own name.</param>
/// <param name="Values">Finite numbers, texts, lists; no time, machine or path.</param>
public sealed record GrainProducts(IReadOnlyList<GrainOutput> Outputs, JsonObject Values);
