using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Tests.Artifacts.Stores;

/// <summary>What tests say often, in few words.</summary>
internal static class StoreCalls
{
    public static Task<ArtifactTag?> PutAsync(this IArtifactStore store, string name, string content) => store.PutIfAbsentAsync(new ArtifactName(name), Text(content));

    public static Task<ArtifactTag?> ReplaceAsync(this IArtifactStore store, string name, ArtifactTag? expected, string content) =>
        store.ReplaceAsync(new ArtifactName(name), expected, Text(content));

    public static async Task<string?> ReadAsync(this IArtifactStore store, string name, ByteRange? range = null)
    {
        await using OpenArtifact? open = await store.OpenAsync(new ArtifactName(name), range);
        if (open is null)
            return null;
        using var reader = new StreamReader(open.Content);
        return await reader.ReadToEndAsync();
    }

    public static async Task<ArtifactTag?> TagAsync(this IArtifactStore store, string name) => (await store.FindAsync(new ArtifactName(name)))?.Tag;

    public static async Task<string[]> NamesAsync(this IArtifactStore store, string prefix = "")
    {
        var names = new List<string>();
        await foreach (ArtifactInfo info in store.ListAsync(prefix))
            names.Add(info.Name.Value);
        return [.. names];
    }

    public static Func<Stream, CancellationToken, Task> Text(string content) =>
        (stream, stop) => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(content), stop).AsTask();
}
