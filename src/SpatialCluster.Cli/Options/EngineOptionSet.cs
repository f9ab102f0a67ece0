using System.CommandLine;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.Local;
using SpatialCluster.Methods.Integration;

namespace SpatialCluster.Cli.Options;

/// <summary>Where and how grains run; nothing here changes their results.</summary>
internal sealed class EngineOptionSet : OptionSet
{
    private const string Local = "local";

    private readonly Option<string?> _engine;
    private readonly Option<int?> _slots;
    private readonly Option<int?> _threads;
    private readonly Option<string?> _memoryLimit;
    private readonly Option<double?> _checkpointInterval;

    public EngineOptionSet()
        : base("Engine (changes speed, never results)")
    {
        _engine = One<string?>("--engine", "ENGINE", $"What brings grains to devices: {Local} (default), in this process.");
        _slots = One<int?>("--slots", "N", "Grains that run at a time; the threads are divided among them (default: one per thread).");
        _threads = One<int?>("--threads", "N", "Threads of all slots together (default: all cores).");
        _memoryLimit = One<string?>("--memory-limit", "SIZE", "Start no grain beside others when they are forecast to take more together, such as 8GB (default: what the machine has).");
        _checkpointInterval = One<double?>("--checkpoint-interval", "SECONDS", "Time between two checkpoints of a training: the most that an interruption costs (default 60).");
    }

    /// <summary>What the local engine may take.</summary>
    /// <exception cref="BadInputException">Another engine, or a number out of range.</exception>
    public LocalEngineOptions Read(ParseResult result)
    {
        string engine = result.GetValue(_engine) ?? Local;
        if (engine != Local)
            throw new BadInputException($"There is no engine '{engine}' here; --engine knows {Local}.");
        long memory = result.GetValue(_memoryLimit) is { } text ? ValueText.Bytes(_memoryLimit.Name, text) : MemoryForecast.Available;
        return LocalEngineOptions.For(RunOptions.Threads(result.GetValue(_threads)), result.GetValue(_slots), memory);
    }

    /// <summary>How grains are run.</summary>
    /// <exception cref="BadInputException">A number out of range.</exception>
    public GrainRunnerOptions ReadRunner(ParseResult result, TimeProvider clock)
    {
        double seconds = result.GetValue(_checkpointInterval) ?? 60;
        return seconds is >= 0 and <= 1e8
            ? new GrainRunnerOptions { CheckpointInterval = TimeSpan.FromSeconds(seconds), Clock = clock }
            : throw new BadInputException($"--checkpoint-interval is {seconds}; it must be a number of seconds, 0 or more.");
    }
}
