using System.CommandLine;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.Local;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Silo.Hosting;

namespace SpatialCluster.Cli.Options;

/// <summary>Where and how grains run; nothing here changes their results.</summary>
internal sealed class EngineOptionSet : OptionSet
{
    private const string Local = "local";
    private const string Rabbit = "rabbitmq";
    private const string Orleans = OrleansParts.Name;

    private readonly BrokerOptionSet? _broker;
    private readonly MembershipOptionSet? _membership;

    private readonly Option<string?> _engine;
    private readonly Option<int?> _slots;
    private readonly Option<int?> _threads;
    private readonly Option<string?> _memoryLimit;
    private readonly Option<double?> _checkpointInterval;

    /// <summary>Makes the options.</summary>
    /// <param name="broker">Where the broker is named; null where there is but this process.</param>
    /// <param name="membership">Where it is said how silos are found that need no broker; null where there is but this process.</param>
    public EngineOptionSet(BrokerOptionSet? broker = null, MembershipOptionSet? membership = null)
        : base("Engine (changes speed, never results)")
    {
        (_broker, _membership) = (broker, membership);
        _engine = One<string?>("--engine", "ENGINE", $"What brings grains to devices: {Local} (default), in this process{(broker is null ? "" : $"; {Rabbit}, silos on a broker, which go on without this process")}{(membership is null || !OrleansParts.Built ? "" : $"; {Orleans}, silos of Microsoft Orleans, which do so, too")}.");
        _slots = One<int?>("--slots", "N", "Grains that run at a time; the threads are divided among them (default: one per thread).");
        _threads = One<int?>("--threads", "N", "Threads of all slots together (default: all cores).");
        _memoryLimit = One<string?>("--memory-limit", "SIZE", "Start no grain beside others when they are forecast to take more together, such as 8GB (default: what the machine has).");
        _checkpointInterval = One<double?>("--checkpoint-interval", "SECONDS", "Time between two checkpoints of a training: the most that an interruption costs (default 60).");
    }

    /// <summary>The engine that is meant.</summary>
    /// <exception cref="BadInputException">There is none of that name, a number is out of range, or an option is another engine's.</exception>
    public EngineSetting Read(ParseResult result, TimeProvider clock)
    {
        switch (result.GetValue(_engine) ?? Local)
        {
            case Local:
                return new LocalEngineSetting(ReadLocal(result), ReadRunner(result, clock));
            case Rabbit when _broker is not null:
                RequireNone(result, Rabbit);
                return new RabbitMqSetting(_broker.Read(result));
            case Orleans when _membership is not null:
                OrleansParts.Require();
                RequireNone(result, Orleans);
                return new OrleansSetting(_membership.Read(result));
            case var other:
                throw new BadInputException($"There is no engine '{other}' here; --engine knows {Local}{(_broker is null ? "" : $", {Rabbit} and {Orleans}")}.");
        }
    }

    private void RequireNone(ParseResult result, string engine)
    {
        foreach (Option option in (Option[])[_slots, _threads, _memoryLimit, _checkpointInterval])
        {
            if (result.GetResult(option) is { Implicit: false })
                throw new BadInputException($"{option.Name} is for grains that this process runs, and --engine {engine} has silos run them; give it to 'spatialcluster silo'.");
        }
    }

    private LocalEngineOptions ReadLocal(ParseResult result)
    {
        long memory = result.GetValue(_memoryLimit) is { } text ? ValueText.Bytes(_memoryLimit.Name, text) : MemoryForecast.Available;
        return LocalEngineOptions.For(RunOptions.Threads(result.GetValue(_threads)), result.GetValue(_slots), memory);
    }

    private GrainRunnerOptions ReadRunner(ParseResult result, TimeProvider clock)
    {
        double seconds = result.GetValue(_checkpointInterval) ?? 60;
        return seconds is >= 0 and <= 1e8
            ? new GrainRunnerOptions { CheckpointInterval = TimeSpan.FromSeconds(seconds), Clock = clock }
            : throw new BadInputException($"--checkpoint-interval is {seconds}; it must be a number of seconds, 0 or more.");
    }
}
