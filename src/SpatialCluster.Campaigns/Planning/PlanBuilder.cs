using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>Gathers grains, each once, after those it needs.</summary>
internal sealed class PlanBuilder
{
    private const int DigitsOfId = 10;

    private readonly Dictionary<GrainKey, GrainSpec> _specs = [];
    private readonly List<PlannedGrain> _grains = [];

    /// <summary>Adds a grain unless it is there.</summary>
    public void Add(GrainSpec spec, GrainKey key, Lane lane, string title, Func<(long Bytes, double Seconds)> forecast)
    {
        if (!_specs.TryAdd(key, spec))
            return;
        (long bytes, double seconds) = forecast();
        _grains.Add(new PlannedGrain
        {
            Key = key,
            Inputs = spec.Inputs,
            Code = spec.Code,
            Lane = lane,
            Title = title,
            ForecastBytes = bytes,
            ForecastSeconds = Math.Round(seconds, 3),
        });
    }

    /// <summary>The whole.</summary>
    public PlannedCampaign Build(CampaignDocument document, IReadOnlyList<ReportRow> rows, IReadOnlyList<string> notes, long spots)
    {
        var report = new ReportSpec { Rows = rows };
        GrainKey key = report.Key;
        Add(report, key, Lane.Io, $"report of {document.Name}", () => GrainForecast.Report(rows, spots));
        var keys = new JsonArray([.. _specs.Keys.Select(k => k.ToString()).Order(StringComparer.Ordinal).Select(k => (JsonNode)k)]);
        return new PlannedCampaign
        {
            Plan = new CampaignPlan
            {
                Id = $"{document.Name}-{CanonicalJson.Digest(keys).Hex[..DigitsOfId]}",
                Name = document.Name,
                Description = document.Description,
                Grains = _grains,
                Report = key,
                Inputs =
                [
                    .. _specs.Values.OfType<SliceSpec>().SelectMany(s => s.Files?.Files ?? []).Select(f => f.Content).Distinct().OrderBy(c => c.Hex, StringComparer.Ordinal),
                ],
            },
            Specs = _specs,
            Rows = rows,
            Notes = notes,
        };
    }
}
