using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Tables;

/// <summary>
/// The tables of a campaign as files: tidy CSV, one line per row and score, with the column names of openproblems, and JSON lines, one
/// per row. Nothing of time or machines is in them.
/// </summary>
public static class TableFiles
{
    /// <summary>One line per row and score; scores that cannot be had are left out.</summary>
    public const string Scores = "scores.csv";

    /// <summary>One line of JSON per row, with all scores.</summary>
    public const string Runs = "runs.jsonl";

    /// <summary>One line per group of seeds.</summary>
    public const string Seeds = "seed_agreement.csv";

    private static readonly CsvConfiguration s_csv = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Writes the scores, and the number of domains as <c>n_domains</c>.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="table">The rows; those without an evaluation are left out.</param>
    public static void WriteScores(Stream stream, CampaignTable table)
    {
        using CsvWriter csv = Csv(stream);
        Write(csv, "dataset_id", "dataset_type", "perturbation", "level", "without", "method_id", "variant", "preset", "seed", "clusterer", "metric_id", "metric_value");
        foreach (TableRow row in table.Rows)
        {
            if (row.Figures is not { } figures)
                continue;
            foreach ((string name, double? score) in figures.Scores)
            {
                if (score is { } value)
                    WriteScore(csv, row.Row, name, Text(value));
            }

            WriteScore(csv, row.Row, "n_domains", Text(figures.Domains));
        }
    }

    /// <summary>Writes one object per row.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="table">The rows; those without an evaluation are left out.</param>
    public static void WriteRuns(Stream stream, CampaignTable table)
    {
        foreach (TableRow row in table.Rows)
        {
            if (row.Figures is not { } figures)
                continue;
            stream.Write(CanonicalJson.Bytes(Json(row.Row, figures)));
            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>Writes how far seeds agree.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="seeds">One for each group.</param>
    public static void WriteSeeds(Stream stream, IReadOnlyList<SeedAgreement> seeds)
    {
        using CsvWriter csv = Csv(stream);
        Write(csv, "dataset_id", "dataset_type", "perturbation", "level", "without", "method_id", "variant", "preset", "clusterer", "evaluations", "pairs", "seed_ari_mean", "seed_ari_min");
        foreach (SeedAgreement seed in seeds)
        {
            ReportRow row = seed.Row;
            Write(
                csv, row.Dataset, row.DatasetType, row.Perturbation, Text(row.Level), row.Without, row.Method, row.Variant, row.Preset, row.Clusterer,
                Text(seed.Evaluations), Text(seed.Pairs), Text(seed.Mean), Text(seed.Least));
        }
    }

    private static void WriteScore(CsvWriter csv, ReportRow row, string metric, string value) => Write(
        csv, row.Dataset, row.DatasetType, row.Perturbation, Text(row.Level), row.Without, row.Method, row.Variant, row.Preset, Text(row.Seed), row.Clusterer, metric, value);

    private static JsonObject Json(ReportRow row, EvaluationFigures figures) => new()
    {
        ["dataset_id"] = row.Dataset,
        ["dataset_type"] = row.DatasetType,
        ["perturbation"] = row.Perturbation,
        ["level"] = row.Level,
        ["without"] = row.Without,
        ["method_id"] = row.Method,
        ["variant"] = row.Variant,
        ["ablation"] = row.Ablation,
        ["preset"] = row.Preset,
        ["seed"] = row.Seed,
        ["clusterer"] = row.Clusterer,
        ["run"] = row.Run.Digest.Hex,
        ["evaluation"] = row.Evaluation.Digest.Hex,
        ["slice"] = row.Slice.Digest.Hex,
        ["metrics"] = new JsonObject(figures.Scores.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))),
        ["n_domains"] = figures.Domains,
        ["n_domains_wanted"] = figures.Wanted,
        ["n_domains_reached"] = figures.Reached,
        ["resolution"] = figures.Resolution,
        ["domain_sizes"] = new JsonArray([.. figures.Sizes.Select(s => (JsonNode)s)]),
        ["moran_per_domain"] = new JsonArray([.. figures.Moran.Select(m => (JsonNode?)m)]),
        ["notes"] = new JsonArray([.. figures.Notes.Select(n => (JsonNode)n)]),
    };

    private static CsvWriter Csv(Stream stream) =>
        new(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true), s_csv);

    private static void Write(CsvWriter csv, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
            csv.WriteField(field);
        csv.NextRecord();
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
