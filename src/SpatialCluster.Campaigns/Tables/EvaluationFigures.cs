using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Tables;

/// <summary>What an evaluation found, in figures.</summary>
public sealed record EvaluationFigures
{
    /// <summary>The scores by name, null where one cannot be had, in the order in which reports show them.</summary>
    public required IReadOnlyList<KeyValuePair<string, double?>> Scores { get; init; }

    /// <summary>Domains found.</summary>
    public required int Domains { get; init; }

    /// <summary>Domains wanted; null where a resolution decided.</summary>
    public required int? Wanted { get; init; }

    /// <summary>False where a number was wanted that could not be had.</summary>
    public required bool Reached { get; init; }

    /// <summary>Leiden's resolution; null for other clusterers.</summary>
    public required double? Resolution { get; init; }

    /// <summary>Spots per domain.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>Moran's I per domain; null for one that all spots carry.</summary>
    public required IReadOnlyList<double?> Moran { get; init; }

    /// <summary>What a user should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads the result of an evaluation.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Its figures.</returns>
    public static EvaluationFigures Of(GrainResult result)
    {
        JsonObject values = result.Values;
        JsonNode domains = values["domains"]!;
        JsonObject scores = values["scores"]!.AsObject();
        return new EvaluationFigures
        {
            // Stored results have their keys in the order of letters.
            Scores = [.. Work.DomainScores.Names.Where(scores.ContainsKey).Select(name => KeyValuePair.Create(name, (double?)scores[name]))],
            Domains = (int)domains["found"]!,
            Wanted = (int?)domains["wanted"],
            Reached = (bool)domains["reached"]!,
            Resolution = (double?)domains["resolution"],
            Sizes = [.. domains["sizes"]!.AsArray().Select(s => (int)s!)],
            Moran = [.. values["moran-per-domain"]!.AsArray().Select(m => (double?)m)],
            Notes = [.. values["notes"]!.AsArray().Select(n => (string)n!)],
        };
    }

    /// <summary>A score by its name.</summary>
    /// <param name="name">Such as <c>ari</c>.</param>
    /// <returns>The score; null where it cannot be had.</returns>
    public double? Score(string name) => Scores.FirstOrDefault(s => s.Key == name).Value;
}
