using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SpatialCluster.Campaigns.Tests.Work;

/// <summary>What grains gave when their versions were raised last: <c>tests/golden/grain_versions.json</c>.</summary>
internal static class GoldenVersions
{
    private const string Recording = "SPATIALCLUSTER_RECORD_GOLDEN";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>Fails where a result moved and the version did not; records new versions where that is asked for.</summary>
    /// <param name="name">What is guarded.</param>
    /// <param name="version">The version of its code.</param>
    /// <param name="digest">What it gave.</param>
    public static void ShouldHold(string name, int version, string digest)
    {
        string path = Find();
        JsonObject all = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        if (Problem(all[name], name, version, digest) is not { } problem)
            return;
        bool raised = all[name] is not { } recorded || (int)recorded["version"]! != version;
        if (!raised || Environment.GetEnvironmentVariable(Recording) != "1")
            Assert.Fail(problem);
        all[name] = new JsonObject { ["version"] = version, ["digest"] = digest };
        var sorted = new JsonObject(all.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => KeyValuePair.Create(e.Key, e.Value?.DeepClone())));
        File.WriteAllText(path, sorted.ToJsonString(s_json) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>What is wrong, and what to do about it; null where all is well.</summary>
    public static string? Problem(JsonNode? recorded, string name, int version, string digest)
    {
        if (recorded is null)
            return $"{name} has no recorded result: run this test once with {Recording}=1 and commit tests/golden/grain_versions.json.";
        if ((int)recorded["version"]! != version)
            return $"{name} is of version {version} and its recorded result of version {recorded["version"]}: run this test once with {Recording}=1 and commit tests/golden/grain_versions.json.";
        return (string)recorded["digest"]! == digest
            ? null
            : $"{name} gives another result than was recorded, and its version is {version} still: stored results of that version would stand for the new ones. "
                + $"If the change is meant, raise the version (GrainVersions, or the method's own), run this test once with {Recording}=1 and commit tests/golden/grain_versions.json; else undo what moved it.";
    }

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !Directory.Exists(Path.Combine(folder, "tests", "golden")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder.ShouldNotBeNull(), "tests", "golden", "grain_versions.json");
    }
}
