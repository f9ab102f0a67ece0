using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Compute.Training;

/// <summary>A sparse product of its own: Y = G X. Its backward pass is the same with the transposed graph.</summary>
public static unsafe class Propagation
{
    /// <summary>The product for the rows of a tile, after all rows of the source are there.</summary>
    /// <param name="graph">Spots × spots.</param>
    /// <param name="source">X, spots × width; another matrix than the target.</param>
    /// <param name="target">Y, spots × width.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    /// <returns>A row strand.</returns>
    public static RowWork Of(CsrMatrix graph, Matrix source, Matrix target, bool accumulate = false) => tile => Gather.Run(new GatherOperands
    {
        Graph = graph,
        X = source.Data,
        XStride = source.Stride,
        Y = target.Data + ((long)tile.Start * target.Stride),
        YStride = target.Stride,
        Width = target.Stride,
        Start = tile.Start,
        End = tile.End,
        Accumulate = accumulate,
    });
}
