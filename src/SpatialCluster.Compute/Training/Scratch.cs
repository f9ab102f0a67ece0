using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.Training;

/// <summary>A tile-sized matrix for each thread of a team: what a tile computes on its way and nobody needs afterwards.</summary>
public sealed unsafe class Scratch
{
    private readonly Matrix[] _perThread;

    /// <summary>Cuts one matrix per thread from an arena.</summary>
    /// <param name="partition">For the height of a tile.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="threads">Threads of the team.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public Scratch(RowPartition partition, int width, int threads, Arena arena)
    {
        _perThread = new Matrix[threads];
        for (int thread = 0; thread < threads; thread++)
            _perThread[thread] = arena.Allocate(partition.TileRows, width);
    }

    /// <summary>Floats between two rows.</summary>
    internal int Stride => _perThread[0].Stride;

    /// <summary>The calling thread's matrix.</summary>
    internal float* Mine => _perThread[ThreadTeam.CurrentThread].Data;
}
