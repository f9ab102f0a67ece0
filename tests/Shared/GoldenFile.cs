using System.Text.Json;

namespace SpatialCluster.Tests;

/// <summary>Figures computed with the original implementations, read from <c>tests/golden</c>.</summary>
internal sealed class GoldenFile
{
    private GoldenFile(JsonElement root) => Root = root;

    public JsonElement Root { get; }

    public static GoldenFile Open(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "tests", "golden", name)))
            folder = Path.GetDirectoryName(folder);
        folder.ShouldNotBeNull($"tests/golden/{name} lies above no folder of {AppContext.BaseDirectory}");
        using FileStream stream = File.OpenRead(Path.Combine(folder, "tests", "golden", name));
        return new GoldenFile(JsonDocument.Parse(stream).RootElement.Clone());
    }

    /// <summary>An element by its path, names separated by slashes.</summary>
    public JsonElement At(string path)
    {
        JsonElement here = Root;
        foreach (string name in path.Split('/'))
            here = here.GetProperty(name);
        return here;
    }

    /// <summary>A <c>{shape, data}</c> array, or a plain list of numbers.</summary>
    public double[] Numbers(string path) => Numbers(At(path));

    public static double[] Numbers(JsonElement element)
    {
        JsonElement data = element.ValueKind == JsonValueKind.Object ? element.GetProperty("data") : element;
        return [.. data.EnumerateArray().Select(x => x.GetDouble())];
    }

    public int[] Shape(string path) => [.. At(path).GetProperty("shape").EnumerateArray().Select(x => x.GetInt32())];
}
