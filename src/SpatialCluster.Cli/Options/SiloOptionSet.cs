using System.CommandLine;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.Local;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Silo.Hosting;

namespace SpatialCluster.Cli.Options;

/// <summary>What a silo may take of its machine, and how it runs grains; nothing here changes their results.</summary>
internal sealed class SiloOptionSet : OptionSet
{
    private const string Default = "rabbitmq";

    // One that ends with its process may be unlucky; five in a row, without a checkpoint between, are not.
    private const int MostCrashes = 5;

    private readonly Option<string?> _engine;
    private readonly Option<string?> _name;
    private readonly Option<string?> _devices;
    private readonly Option<int?> _slots;
    private readonly Option<int?> _threads;
    private readonly Option<string?> _memoryLimit;
    private readonly Option<double?> _segment;
    private readonly Option<double?> _grace;
    private readonly Option<double?> _checkpointInterval;

    public SiloOptionSet()
        : base("Silo (changes speed, never results)")
    {
        _engine = One<string?>("--engine", "ENGINE", $"What brings grains to silos: {Default} (default){(OrleansParts.Built ? $", {OrleansParts.Name}" : "")}.");
        _name = One<string?>("--name", "NAME", "What the silo is called, beside a few digits of its own (default: the machine's name).");
        _devices = One<string?>("--devices", "NAMES", "Its devices, such as cpu:0,cpu:1; the threads are divided among them. io:0 is always there.");
        _slots = One<int?>("--slots", "N", "Instead of --devices, how many devices of the CPU (default: one per thread).");
        _threads = One<int?>("--threads", "N", "Threads of all devices together (default: all cores).");
        _memoryLimit = One<string?>("--memory-limit", "SIZE", "Start no grain beside others when they are forecast to take more together, such as 8GB (default: what the machine has).");
        _segment = One<double?>("--segment", "SECONDS", "After so long a training writes a checkpoint and goes on in another message (default 600).");
        _grace = One<double?>("--grace", "SECONDS", "How long giving grains back may take when the silo is stopped (default 8).");
        _checkpointInterval = One<double?>("--checkpoint-interval", "SECONDS", "Time between two checkpoints of a training: the most that a crash costs (default 60).");
    }

    public string Engine(ParseResult result) => result.GetValue(_engine) ?? Default;

    /// <summary>An id for the silo, new every time.</summary>
    /// <exception cref="BadInputException">The name has letters that no name has.</exception>
    public string Id(ParseResult result) => SiloId.New(result.GetValue(_name));

    /// <summary>The devices, by the rules that the local engine has.</summary>
    /// <exception cref="BadInputException">There are no such devices, or more than threads.</exception>
    public SiloDevices Devices(ParseResult result)
    {
        int threads = RunOptions.Threads(result.GetValue(_threads));
        int? slots = result.GetValue(_slots);
        if (result.GetValue(_devices) is not { } text)
        {
            var share = LocalEngineOptions.For(threads, slots, Memory(result));
            return SiloDevices.Of(share.Slots, share.ThreadsPerSlot);
        }

        if (slots is not null)
            throw new BadInputException("--devices and --slots say the same thing; give one of them.");
        IReadOnlyList<string> names = SiloDevices.ParseNames(text, _devices.Name);
        return names.Count <= threads
            ? new SiloDevices(names, threads / names.Count)
            : throw new BadInputException($"--devices names {names.Count} devices of the CPU, and there are {threads} threads; name fewer, or give more --threads.");
    }

    /// <summary>Bytes that grains running at a time may be forecast to take together.</summary>
    public long Memory(ParseResult result) => result.GetValue(_memoryLimit) is { } text ? ValueText.Bytes(_memoryLimit.Name, text) : MemoryForecast.Available;

    /// <summary>After how long a training goes on in another message.</summary>
    public TimeSpan Segment(ParseResult result) => Seconds(_segment, result, 600, least: 1);

    /// <summary>How long giving back may take.</summary>
    public TimeSpan Grace(ParseResult result) => Seconds(_grace, result, 8, least: 0);

    /// <summary>How grains are run.</summary>
    public GrainRunnerOptions Runner(ParseResult result, TimeProvider clock) =>
        new() { CheckpointInterval = Seconds(_checkpointInterval, result, 60, least: 0), MostCrashes = MostCrashes, OutlivesStore = true, Clock = clock };

    private static TimeSpan Seconds(Option<double?> option, ParseResult result, double otherwise, double least)
    {
        double seconds = result.GetValue(option) ?? otherwise;
        return seconds >= least && seconds <= 1e6
            ? TimeSpan.FromSeconds(seconds)
            : throw new BadInputException($"{option.Name} is {seconds}; it must be a number of seconds, {least} or more.");
    }
}
