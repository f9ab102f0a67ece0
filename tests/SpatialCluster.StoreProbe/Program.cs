using System.Globalization;
using System.Text;
using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.StoreProbe;

/// <summary>
/// A process for tests to race, and to kill: <c>race|count FOLDER NAME TIMES</c> begin when they are told to by a line of input;
/// <c>scenario FOLDER</c> begins at once.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["scenario", string folder]:
                await StoreScenario.RunAsync(folder);
                return 0;
            case ["race" or "count", string folder, string name, string times]:
                IArtifactStore store = ArtifactStores.Open(folder, create: true);
                await Console.Out.WriteLineAsync("ready");
                await Console.In.ReadLineAsync();
                int repeats = int.Parse(times, CultureInfo.InvariantCulture);
                int done = arguments[0] == "race" ? await RaceAsync(store, name, repeats) : await CountAsync(store, repeats);
                await Console.Out.WriteLineAsync(done.ToString(CultureInfo.InvariantCulture));
                return 0;
            default:
                return 2;
        }
    }

    // How many of the names this process was first to take.
    private static async Task<int> RaceAsync(IArtifactStore store, string name, int names)
    {
        int won = 0;
        for (int i = 0; i < names; i++)
        {
            if (await store.PutIfAbsentAsync(new ArtifactName($"race/{i}"), Text(name)) is not null)
                won++;
        }

        return won;
    }

    // How often it had to try again.
    private static async Task<int> CountAsync(IArtifactStore store, int increments)
    {
        var name = new ArtifactName("counter");
        int again = -increments;
        for (int i = 0; i < increments; again++)
        {
            await using OpenArtifact? open = await store.OpenAsync(name);
            int value = 0;
            if (open is not null)
            {
                using var reader = new StreamReader(open.Content);
                value = int.Parse(await reader.ReadToEndAsync(), CultureInfo.InvariantCulture);
            }

            if (await store.ReplaceAsync(name, open?.Tag, Text($"{value + 1}")) is not null)
                i++;
        }

        return again;
    }

    private static Func<Stream, CancellationToken, Task> Text(string text) => (stream, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop).AsTask();
}
