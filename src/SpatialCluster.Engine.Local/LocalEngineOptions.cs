using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.Local;

/// <summary>What the local engine may take of this machine.</summary>
public sealed record LocalEngineOptions
{
    /// <summary>Grains that run at a time.</summary>
    public required int Slots { get; init; }

    /// <summary>Threads of each.</summary>
    public required int ThreadsPerSlot { get; init; }

    /// <summary>The most bytes that grains running at a time may be forecast to take together.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>The customary way to divide cores: a slot each, since many small runs side by side waste less than one run on many threads.</summary>
    /// <param name="cores">Cores to use.</param>
    /// <param name="slots">Grains at a time; null for one per core.</param>
    /// <param name="memoryLimit">Bytes that may be used.</param>
    /// <returns>The options.</returns>
    /// <exception cref="BadInputException">More slots than cores.</exception>
    public static LocalEngineOptions For(int cores, int? slots, long memoryLimit)
    {
        int count = slots ?? cores;
        return count >= 1 && count <= cores
            ? new LocalEngineOptions { Slots = count, ThreadsPerSlot = cores / count, MemoryLimit = memoryLimit }
            : throw new BadInputException($"--slots is {count}; it must be between 1 and the {cores} threads that there are.");
    }
}
