using System.Text.Json.Nodes;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.SiloProbe;

/// <summary>Waits for as long as the spec says, and puts its number; one that is poisonous ends the process, as running out of memory does.</summary>
/// <param name="kind">The kind of grain.</param>
/// <param name="codes">The versions of code that it passes for.</param>
internal sealed class ProbeWork(string kind, string[] codes) : IGrainWork
{
    public string Kind => kind;

    public IReadOnlyList<string> Codes => codes;

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        int number = (int)spec["number"]!;
        context.Stage("wait");
        if ((bool?)spec["poison"] == true)
            Environment.FailFast("poison");
        // Managed memory, all at once: what cannot be had ends the grain, and not the process.
        byte[] held = new byte[((int?)spec["megabytes"] ?? 0) << 20];
        // Asked for often: a silo that is stopped gives the grain back.
        for (int left = (int)spec["milliseconds"]!; left > 0; left -= 20)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Thread.Sleep(Math.Min(left, 20));
        }

        GC.KeepAlive(held);
        return new GrainProducts([context.Put("number", stream => stream.Write(BitConverter.GetBytes(number)))], new JsonObject { ["number"] = number });
    }
}
