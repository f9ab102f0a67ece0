using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Methods.Integration;

/// <summary>Compares what a run will take with what the machine has, before it starts.</summary>
public static class MemoryForecast
{
    /// <summary>Bytes that this process may still take: the machine's or the container's limit, less what it holds.</summary>
    public static long Available => long.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet);

    /// <summary>Refuses a run that will not fit.</summary>
    /// <param name="bytes">The forecast.</param>
    /// <param name="spots">Spots of the slice.</param>
    /// <param name="limit">The most it may take; null for <see cref="Available"/>.</param>
    /// <exception cref="BadInputException">Names both figures and the way out.</exception>
    public static void Require(long bytes, int spots, long? limit)
    {
        long most = limit ?? Available;
        if (bytes > most)
        {
            throw new BadInputException(
                $"Training on {spots:N0} spots will take {bytes / 1048576.0:N0} MiB and {most / 1048576.0:N0} MiB may be had; "
                + "lower --hidden-width or --embedding-width, give fewer spots, raise --memory-limit if it was set, or use a machine with more memory.");
        }
    }
}
