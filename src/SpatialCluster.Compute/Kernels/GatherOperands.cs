using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Kernels;

/// <summary>One sparse product Y = G · X for some rows, with what is done to X on the way in and to Y on the way out.</summary>
internal unsafe struct GatherOperands
{
    /// <summary>The graph.</summary>
    public CsrMatrix Graph;

    /// <summary>The dense operand.</summary>
    public float* X;

    /// <summary>Floats between two rows of X.</summary>
    public long XStride;

    /// <summary>The row of Y for graph row <see cref="Start"/>.</summary>
    public float* Y;

    /// <summary>Floats between two rows of Y.</summary>
    public long YStride;

    /// <summary>Columns, padding included: a multiple of 16.</summary>
    public int Width;

    /// <summary>First graph row.</summary>
    public int Start;

    /// <summary>The graph row after the last.</summary>
    public int End;

    /// <summary>Takes row <c>Order[j]</c> of X for graph column j; may be null.</summary>
    public int[]? Order;

    /// <summary>Drops elements of X, by graph column; may be null.</summary>
    public DropoutMask? InputMask;

    /// <summary>Drops elements of Y, by graph row; may be null.</summary>
    public DropoutMask? OutputMask;

    /// <summary>Added to each row; may be null.</summary>
    public float* Bias;

    /// <summary>Adds to Y instead of replacing it.</summary>
    public bool Accumulate;
}
