using System.Text.Json.Nodes;
using SpatialCluster.EndToEnd.Architecture;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>The chart, rendered by a program of these tests, for which Go and sprig are needed, and checked by another, for which npm is.</summary>
public sealed class Chart : IDisposable
{
    private readonly DeploymentFolder _folder = new();
    private readonly Lazy<string> _renderer;
    private readonly Lazy<string> _checker;

    public Chart()
    {
        _renderer = new Lazy<string>(BuildRenderer);
        _checker = new Lazy<string>(InstallChecker);
    }

    public static string Root { get; } = Checkout.PathOf("helm/spatialcluster");

    /// <summary>Value files that come with the chart, by name.</summary>
    public static IReadOnlyList<string> Examples => [.. Directory.GetFiles(Path.Combine(Root, "ci"), "*-values.yaml").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    internal ChartRendering RenderExample(string name, string more = "") => Render(File.ReadAllText(Path.Combine(Root, "ci", name)), more);

    /// <summary>Renders it with value files, the later ones winning.</summary>
    internal ChartRendering Render(params string[] values)
    {
        string[] files = [.. values.Select((text, index) => _folder.Write($"{index}.yaml", text))];
        ToolResult result = Tool.Run(_renderer.Value, [Root, "silo", "lab", .. files]);
        result.ShouldSucceed();
        return ChartRendering.Parse(result.Output);
    }

    /// <summary>What is wrong with values, by the chart's schema, and with objects, by what Kubernetes and others publish of theirs.</summary>
    internal IReadOnlyList<(IReadOnlyList<string> Values, IReadOnlyList<string> Objects)> Check(IEnumerable<ChartRendering> renderings)
    {
        var question = new JsonObject
        {
            ["schema"] = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "values.schema.json"))),
            ["cases"] = new JsonArray(
            [
                .. renderings.Select(rendering => new JsonObject
                {
                    ["name"] = "",
                    ["values"] = rendering.Values.DeepClone(),
                    ["objects"] = new JsonArray([.. rendering.Objects.Select(o => new JsonObject { ["source"] = o.Source, ["object"] = o.Object.DeepClone() })]),
                }),
            ]),
        };
        ToolResult result = Tool.Run(Tool.Require("nodejs", "node"), [Path.Combine(_checker.Value, "check.mjs")], _checker.Value, question.ToJsonString());
        result.ShouldSucceed();
        return [.. JsonNode.Parse(result.Output)!.AsArray().Select(answer => (Strings(answer!["values"]!), Strings(answer["objects"]!)))];

        static IReadOnlyList<string> Strings(JsonNode array) => [.. array.AsArray().Select(text => (string)text!)];
    }

    private string BuildRenderer()
    {
        string go = Tool.Require("golang-go", "go");
        Skip.IfNot(Directory.Exists("/usr/share/gocode/src/github.com/Masterminds/sprig"), "sprig is missing; run: apt-get install golang-github-masterminds-sprig-dev");
        string program = _folder.PathOf("helm-render");
        string cache = Checkout.PathOf(".spatialcluster/go");
        Tool.Run(
            go,
            ["build", "-o", program, "main.go"],
            Checkout.PathOf("tests/SpatialCluster.EndToEnd/Deployment/helm-render"),
            input: null,
            ("GO111MODULE", "off"),
            ("GOPATH", "/usr/share/gocode"),
            ("GOFLAGS", ""),
            ("GOCACHE", cache)).ShouldSucceed();
        return program;
    }

    // Packages stay for the next time; what is not whole is never taken for them.
    private static string InstallChecker()
    {
        string npm = Tool.Require("npm", "npm");
        string source = Checkout.PathOf("tests/SpatialCluster.EndToEnd/Deployment/manifests");
        string target = Checkout.PathOf(".spatialcluster/manifests");
        Directory.CreateDirectory(target);
        foreach (string name in (string[])["package.json", "check.mjs"])
            File.Copy(Path.Combine(source, name), Path.Combine(target, name), overwrite: true);
        string wanted = File.ReadAllText(Path.Combine(source, "package-lock.json"));
        string done = Path.Combine(target, "installed.json");
        if (!File.Exists(done) || File.ReadAllText(done) != wanted)
        {
            File.Delete(done);
            File.WriteAllText(Path.Combine(target, "package-lock.json"), wanted);
            ToolResult result = Tool.Run(npm, ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--cache", Checkout.PathOf(".spatialcluster/npm")], target);
            Skip.If(
                result.ExitCode != 0 && (result.Error.Contains("ENOTFOUND", StringComparison.Ordinal) || result.Error.Contains("EAI_AGAIN", StringComparison.Ordinal) || result.Error.Contains("ECONN", StringComparison.Ordinal)),
                "the npm registry cannot be reached");
            result.ShouldSucceed();
            File.WriteAllText(done, wanted);
        }

        return target;
    }
}
