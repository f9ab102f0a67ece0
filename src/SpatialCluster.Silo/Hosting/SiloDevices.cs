using System.Globalization;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Hosting;

/// <summary>The devices of a silo: some of the CPU, and one for reading and writing.</summary>
/// <param name="Names">The CPU's devices, such as <c>cpu:0</c>.</param>
/// <param name="Threads">The threads of each.</param>
public sealed record SiloDevices(IReadOnlyList<string> Names, int Threads)
{
    private const string Io = "io:0";

    /// <summary>Devices by number.</summary>
    /// <param name="slots">How many.</param>
    /// <param name="threads">The threads of each.</param>
    /// <returns><c>cpu:0</c> and so on.</returns>
    public static SiloDevices Of(int slots, int threads) => new([.. Enumerable.Range(0, slots).Select(i => $"cpu:{i}")], threads);

    /// <summary>Reads the names of devices.</summary>
    /// <param name="text">Such as <c>cpu:0,cpu:1</c>; <c>io:0</c> is always there and may be named.</param>
    /// <param name="source">The option that holds it.</param>
    /// <returns>The CPU's devices among them; at least one.</returns>
    /// <exception cref="BadInputException">There is no such device.</exception>
    public static IReadOnlyList<string> ParseNames(string text, string source)
    {
        var names = new List<string>();
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] parts = name.Split(':');
            bool numbered = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < 1024 && parts[1] == number.ToString(CultureInfo.InvariantCulture);
            if (numbered && parts[0] == "gpu")
                throw new BadInputException($"{source} names '{name}', and no GPU backend is built in; name devices of the CPU, such as cpu:0,cpu:1.");
            if (!numbered || (parts[0] != "cpu" && name != Io))
                throw new BadInputException($"{source} names '{name}', and there is no such device; name devices of the CPU, such as cpu:0,cpu:1.");
            if (names.Contains(name, StringComparer.Ordinal))
                throw new BadInputException($"{source} names '{name}' twice; a device does one thing at a time.");
            names.Add(name);
        }

        names.Remove(Io);
        return names.Count > 0 ? names : throw new BadInputException($"{source} names no device of the CPU; name one or more, such as cpu:0,cpu:1.");
    }

    /// <summary>Starts the devices' threads.</summary>
    /// <returns>The devices, to be disposed.</returns>
    public IReadOnlyList<IComputeDevice> Start() => [.. Names.Select(name => new CpuDevice(name, Lane.Cpu, Threads)), new CpuDevice(Io, Lane.Io, 1)];

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(", ", Names)} ({Threads} {(Threads == 1 ? "thread" : "threads")}{(Names.Count > 1 ? " each" : "")}), {Io}";
}
