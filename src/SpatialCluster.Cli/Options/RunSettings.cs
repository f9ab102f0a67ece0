namespace SpatialCluster.Cli.Options;

/// <summary>How the work is done.</summary>
internal sealed record RunSettings
{
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>In bytes; null for what the machine has.</summary>
    public long? MemoryLimit { get; init; }

    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    public bool Resume { get; init; }

    /// <summary>Files are read in a child process.</summary>
    public bool Untrusted { get; init; }
}
