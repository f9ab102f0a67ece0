using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Silo.Telemetry;
using SpatialCluster.Silo.Tests.Hosting;
using YamlDotNet.RepresentationModel;

namespace SpatialCluster.Silo.Tests.Telemetry;

public sealed class CatalogueTests
{
    private static readonly string s_root = Root();

    private static readonly Dictionary<string, Entry> s_catalogue = File.ReadLines(Path.Combine(s_root, "docs", "metrics.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|').Select(cell => cell.Trim().Trim('`')).ToArray())
        .ToDictionary(cells => cells[1], cells => new Entry(cells[2], cells[3], cells[4]));

    [Fact]
    public async Task Catalogue_AndProgram_HaveTheSameInstruments()
    {
        var found = new Dictionary<string, Entry>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (SiloTelemetry.Meters.Contains(instrument.Meter.Name))
                {
                    lock (found)
                        found[instrument.Name] = Entry.Of(instrument);
                }
            },
        };
        listener.Start();
        RuntimeHelpers.RunClassConstructor(typeof(ClusterTelemetry).TypeHandle);
        using IDisposable gauges = SiloGauges.Watch(new FakeSiloEngine());
        await using WebHostRun web = await WebHostRun.StartAsync();
        lock (found)
        {
            string[] program = [.. found.Select(f => $"{f.Key} {f.Value}")];
            string[] catalogue = [.. s_catalogue.Select(f => $"{f.Key} {f.Value}")];
            program.Except(catalogue).ShouldBeEmpty("the program has these, the catalogue has not");
            catalogue.Except(program).ShouldBeEmpty("the catalogue has these, the program has not");
        }
    }

    [Fact]
    public void Deploy_EveryExpression_NamesMetricsOfTheCatalogue()
    {
        var known = s_catalogue.Values.SelectMany(e => e.Type == "histogram" ? [$"{e.Prometheus}_bucket", $"{e.Prometheus}_sum", $"{e.Prometheus}_count"] : new[] { e.Prometheus }).Append("target_info").ToHashSet();
        string[] wrong =
        [
            .. from file in Files("grafana", "*.json").Concat(Files("prometheus", "*.yaml")).Concat(Files("prometheus", "*.yml"))
               from expression in Expressions(file)
               from name in Names(expression)
               where !known.Contains(name)
               select $"{Path.GetRelativePath(s_root, file)}: '{name}' in {expression}",
        ];
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sum by (spatialcluster_lane) (rate(spatialcluster_grains_ended_total{state=\"spatialcluster_x\"}[5m])) / ignoring(kind) dotnet_timer_count", "spatialcluster_grains_ended_total", "dotnet_timer_count")]
    [InlineData("spatialcluster:grains:rate5m > 0 and up == 1")]
    public void Names_OfAnExpression_AreItsOwnMetrics(string expression, params string[] expected) => Names(expression).ShouldBe(expected);

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Path.Combine(s_root, "deploy", folder) is var path && Directory.Exists(path) ? Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories) : [];

    private static IEnumerable<string> Expressions(string file)
    {
        if (file.EndsWith(".json", StringComparison.Ordinal))
            return InJson(JsonDocument.Parse(File.ReadAllText(file)).RootElement);
        var yaml = new YamlStream();
        using var reader = new StreamReader(file);
        yaml.Load(reader);
        return yaml.Documents.SelectMany(d => d.AllNodes).OfType<YamlMappingNode>().SelectMany(m => m.Children)
            .Where(c => c.Key is YamlScalarNode { Value: "expr" }).Select(c => ((YamlScalarNode)c.Value).Value!);
    }

    // Panels have theirs in 'expr', variables in 'query', 'definition' or both.
    private static IEnumerable<string> InJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(InJson),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => p is { Value.ValueKind: JsonValueKind.String, Name: "expr" or "query" or "definition" } ? [p.Value.GetString()!] : InJson(p.Value)),
        _ => [],
    };

    private static string[] Names(string expression)
    {
        string bare = Regex.Replace(expression, @"""(?:\\.|[^""\\])*""|'(?:\\.|[^'\\])*'", "");
        bare = Regex.Replace(bare, @"\{[^}]*\}", "");
        bare = Regex.Replace(bare, @"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", "");
        return [.. Regex.Matches(bare, @"(?<![\w:])(?:spatialcluster|dotnet|http_server|target)_\w+(?![\w:])").Select(m => m.Value)];
    }

    private static string Root([CallerFilePath] string here = "")
    {
        string folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "SpatialCluster.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private sealed record Entry(string Prometheus, string Type, string Unit)
    {
        public static Entry Of(Instrument instrument)
        {
            string kind = instrument.GetType().Name.Split('`')[0];
            string type = kind switch
            {
                "Counter" or "ObservableCounter" => PrometheusNames.IsCounter(instrument.Name, monotonic: true) ? "counter" : "gauge",
                "Histogram" => "histogram",
                _ => "gauge",
            };
            return new Entry(PrometheusNames.Metric(instrument.Name, instrument.Unit, type == "counter"), type, instrument.Unit ?? "");
        }
    }
}
