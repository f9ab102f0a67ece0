using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>The tables of a campaign, from all its runs and evaluations.</summary>
public sealed record ReportSpec : GrainSpec
{
    /// <summary>The kind.</summary>
    public const string KindName = "report";

    /// <summary>The rows, in the order of the plan.</summary>
    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override int Version => GrainVersions.Report;

    /// <inheritdoc/>
    public override IReadOnlyList<GrainKey> Inputs => [.. Rows.SelectMany(r => new[] { r.Run, r.Evaluation }).Distinct()];

    /// <summary>Reads a spec.</summary>
    /// <param name="json">As <see cref="GrainSpec.Json"/> gives it.</param>
    /// <returns>The spec.</returns>
    public static ReportSpec Parse(JsonObject json) => new()
    {
        Rows = [.. json["rows"]!.AsArray().Select(r => ReportRow.Parse(r!.AsObject()))],
    };

    /// <inheritdoc/>
    protected override JsonObject Body() => new() { ["rows"] = new JsonArray([.. Rows.Select(r => r.Json)]) };
}
