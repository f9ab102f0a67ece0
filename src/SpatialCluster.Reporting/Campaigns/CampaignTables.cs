using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace SpatialCluster.Reporting.Campaigns;

/// <summary>
/// Writes the runs of a campaign as tables for programs: the one place that knows their columns. Names are those of Open Problems in Single-Cell Analysis (<c>dataset_id</c>,
/// <c>method_id</c>, <c>metric_id</c>, <c>metric_ids</c>, <c>metric_values</c>, <c>duration_sec</c>, <c>peak_memory_mb</c>). Rows stand in the
/// order of the report's runs, metrics in that of <see cref="CampaignMetric.Known"/> and after them by name; what is absent or no finite
/// number is empty (CSV) or null (JSON): where nobody measured time and memory, so are those. The same records give the same bytes.
/// </summary>
public static class CampaignTables
{
    /// <summary>The file of <see cref="WriteScores"/>.</summary>
    public const string Scores = "scores.csv";

    /// <summary>The file of <see cref="WriteRuns"/>.</summary>
    public const string Runs = "runs.csv";

    /// <summary>The file of <see cref="WriteRunLines"/>.</summary>
    public const string RunLines = "runs.jsonl";

    /// <summary>The file of <see cref="WriteAgreements"/>.</summary>
    public const string Agreements = "seed_agreement.csv";

    private static readonly string[] s_groupKeys =
    [
        "dataset_id", "dataset_family", "dataset_type", "perturbation", "perturbation_level", "perturbation_label",
        "method_id", "method_name", "preset", "method_version", "ablation", "overrides", "clusterer", "is_control",
    ];

    private static readonly string[] s_keys = [.. s_groupKeys, "seed"];

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>scores.csv</c>: one line per run and metric, runs that did not finish with an empty value for each metric.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="stream">Receives UTF-8; stays open.</param>
    public static void WriteScores(IReadOnlyList<CampaignRun> runs, Stream stream)
    {
        string[] metrics = Metrics(runs);
        WriteCsv(stream, [.. s_keys, "status", "metric_id", "metric_value"], csv =>
        {
            foreach (CampaignRun run in runs)
            {
                foreach (string metric in metrics)
                {
                    WriteKeys(csv, Keys(run));
                    csv.WriteField(Name(run.Status));
                    csv.WriteField(metric);
                    csv.WriteField(Number(run.Status == CampaignRunStatus.Done ? run.Score(metric) : null));
                    csv.NextRecord();
                }
            }
        });
    }

    /// <summary>Writes <c>runs.csv</c>: one line per run, a column per metric.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="stream">Receives UTF-8; stays open.</param>
    public static void WriteRuns(IReadOnlyList<CampaignRun> runs, Stream stream)
    {
        string[] metrics = Metrics(runs);
        WriteCsv(stream, [.. s_keys, "status", "domains_wanted", "domains_found", "resolution", .. metrics, "moran_per_domain", "duration_sec", "cpu_sec", "peak_memory_mb", "epochs", "digest", "error"], csv =>
        {
            foreach (CampaignRun run in runs)
            {
                WriteKeys(csv, Keys(run));
                csv.WriteField(Name(run.Status));
                csv.WriteField(run.DomainsWanted?.ToString(CultureInfo.InvariantCulture));
                csv.WriteField(run.DomainsFound?.ToString(CultureInfo.InvariantCulture));
                csv.WriteField(Number(run.Resolution));
                foreach (string metric in metrics)
                    csv.WriteField(Number(run.Score(metric)));
                csv.WriteField(string.Join(';', run.MoranPerDomain.Select(value => Number(value))));
                csv.WriteField(Number(run.Seconds));
                csv.WriteField(Number(run.CpuSeconds));
                csv.WriteField(Number(Megabytes(run)));
                csv.WriteField(run.Epochs?.ToString(CultureInfo.InvariantCulture));
                csv.WriteField(run.Digest);
                csv.WriteField(run.Error);
                csv.NextRecord();
            }
        });
    }

    /// <summary>Writes <c>runs.jsonl</c>: one object per line and run, with <c>metric_ids</c> and <c>metric_values</c> side by side.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="stream">Receives UTF-8; stays open.</param>
    public static void WriteRunLines(IReadOnlyList<CampaignRun> runs, Stream stream)
    {
        string[] metrics = Metrics(runs);
        var buffer = new ArrayBufferWriter<byte>();
        foreach (CampaignRun run in runs)
        {
            buffer.Clear();
            using (var json = new Utf8JsonWriter(buffer, s_json))
                WriteRun(json, run, metrics);
            stream.Write(buffer.WrittenSpan);
            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>Writes <c>seed_agreement.csv</c>: one line per method and dataset whose seeds were compared.</summary>
    /// <param name="agreements">How far they agree.</param>
    /// <param name="stream">Receives UTF-8; stays open.</param>
    public static void WriteAgreements(IReadOnlyList<SeedAgreement> agreements, Stream stream) =>
        WriteCsv(stream, [.. s_groupKeys, "pairs", "seed_ari_mean", "seed_ari_min"], csv =>
        {
            foreach (SeedAgreement agreement in agreements)
            {
                WriteKeys(csv, Keys(agreement.Dataset, agreement.Method));
                csv.WriteField(agreement.Pairs.ToString(CultureInfo.InvariantCulture));
                csv.WriteField(Number(agreement.Mean));
                csv.WriteField(Number(agreement.Least));
                csv.NextRecord();
            }
        });

    private static void WriteRun(Utf8JsonWriter json, CampaignRun run, string[] metrics)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in s_keys.Zip(Keys(run)))
        {
            if (value is double level)
                json.WriteNumber(name, level);
            else if (value is ulong seed)
                json.WriteNumber(name, seed);
            else if (value is bool flag)
                json.WriteBoolean(name, flag);
            else
                json.WriteString(name, (string?)value);
        }

        json.WriteString("status", Name(run.Status));
        WriteNumber(json, "domains_wanted", run.DomainsWanted);
        WriteNumber(json, "domains_found", run.DomainsFound);
        WriteNumber(json, "resolution", run.Resolution);
        WriteNumbers(json, "domain_sizes", run.DomainSizes.Select(size => (double?)size));
        json.WriteStartArray("metric_ids");
        foreach (string metric in metrics)
            json.WriteStringValue(metric);
        json.WriteEndArray();
        WriteNumbers(json, "metric_values", metrics.Select(run.Score));
        WriteNumbers(json, "moran_per_domain", run.MoranPerDomain.Select(value => (double?)value));
        json.WriteStartObject("resources");
        WriteNumber(json, "duration_sec", run.Seconds);
        WriteNumber(json, "cpu_sec", run.CpuSeconds);
        WriteNumber(json, "peak_memory_mb", Megabytes(run));
        json.WriteEndObject();
        WriteNumber(json, "epochs", run.Epochs);
        json.WriteString("digest", run.Digest);
        json.WriteString("error", run.Error);
        json.WriteStartArray("notes");
        foreach (string note in run.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCsv(Stream stream, string[] columns, Action<CsvWriter> rows)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (string column in columns)
            csv.WriteField(column);
        csv.NextRecord();
        rows(csv);
    }

    private static void WriteKeys(CsvWriter csv, object?[] keys)
    {
        foreach (object? key in keys)
        {
            csv.WriteField(key switch
            {
                double level => Number(level),
                bool flag => flag ? "true" : "false",
                ulong seed => seed.ToString(CultureInfo.InvariantCulture),
                _ => (string?)key,
            });
        }
    }

    private static object?[] Keys(CampaignRun run) => [.. Keys(run.Dataset, run.Method), run.Seed];

    private static object?[] Keys(CampaignDataset dataset, CampaignMethod method)
    {
        CampaignPerturbation? perturbation = dataset.Perturbation;
        double? level = perturbation?.Level is { } some && double.IsFinite(some) ? some : null;
        return
        [
            dataset.Id, dataset.Family, dataset.Type, perturbation?.Kind ?? "", level, perturbation?.Label ?? "", method.Id, method.Title,
            method.Preset, method.Version, method.Ablation, method.Overrides, method.Clusterer, method.IsControl,
        ];
    }

    private static string[] Metrics(IReadOnlyList<CampaignRun> runs)
    {
        HashSet<string> ids = [.. runs.SelectMany(run => run.Scores.Keys)];
        return
        [
            .. CampaignMetric.Known.Select(metric => metric.Id).Where(ids.Contains),
            .. ids.Where(id => CampaignMetric.Known.All(metric => metric.Id != id)).Order(StringComparer.Ordinal),
        ];
    }

    private static string Name(CampaignRunStatus status) => status switch
    {
        CampaignRunStatus.Done => "done",
        CampaignRunStatus.Failed => "failed",
        CampaignRunStatus.Cancelled => "cancelled",
        _ => "missing",
    };

    private static double? Megabytes(CampaignRun run) => run.PeakMemoryBytes is { } bytes ? Math.Round(bytes / 1048576.0, 3) : null;

    private static string Number(double? value) => value is { } some && double.IsFinite(some) ? some.ToString("R", CultureInfo.InvariantCulture) : "";

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } some && double.IsFinite(some))
            json.WriteNumber(name, some);
        else
            json.WriteNull(name);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double?> values)
    {
        json.WriteStartArray(name);
        foreach (double? value in values)
        {
            if (value is { } some && double.IsFinite(some))
                json.WriteNumberValue(some);
            else
                json.WriteNullValue();
        }

        json.WriteEndArray();
    }
}
