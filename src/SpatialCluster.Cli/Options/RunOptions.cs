using System.CommandLine;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Options;

/// <summary>How the work is done; nothing here changes its result.</summary>
internal sealed class RunOptions : OptionSet
{
    private readonly Option<int?> _threads;
    private readonly Option<string?> _memoryLimit;
    private readonly Option<double?> _checkpointInterval;
    private readonly Option<bool> _resume;
    private readonly Option<bool> _untrusted;

    public RunOptions()
        : base("Run (changes speed and safety, never the result)")
    {
        _threads = One<int?>("--threads", "N", "Threads (default: all cores).");
        _memoryLimit = One<string?>("--memory-limit", "SIZE", "Refuse a training that is forecast to take more, such as 4GB (default: what the machine has).");
        _checkpointInterval = One<double?>("--checkpoint-interval", "SECONDS", "Time between two checkpoints, which lie beside the output as OUT.checkpoint (default 60).");
        _resume = Flag("--resume", "Continue from the checkpoint of an interrupted run, to the same bytes.");
        _untrusted = Flag("--untrusted", "Read each file in a child process with limits of memory and time: a damaged or malicious file cannot take this one down.");
    }

    /// <summary>What was given.</summary>
    /// <exception cref="BadInputException">A number out of range.</exception>
    public RunSettings Read(ParseResult result)
    {
        double seconds = result.GetValue(_checkpointInterval) ?? 60;
        if (!(seconds is >= 0 and <= 1e8))
            throw new BadInputException($"--checkpoint-interval is {seconds}; it must be a number of seconds, 0 or more.");
        return new RunSettings
        {
            Threads = Threads(result.GetValue(_threads)),
            MemoryLimit = result.GetValue(_memoryLimit) is { } text ? ValueText.Bytes(_memoryLimit.Name, text) : null,
            CheckpointInterval = TimeSpan.FromSeconds(seconds),
            Resume = result.GetValue(_resume),
            Untrusted = result.GetValue(_untrusted),
        };
    }

    /// <summary>Checks a number of threads; all cores where none was given.</summary>
    public static int Threads(int? given) => given switch
    {
        null => Environment.ProcessorCount,
        >= 1 and <= 1024 => given.Value,
        _ => throw new BadInputException($"--threads is {given}; it must be between 1 and 1024."),
    };
}
