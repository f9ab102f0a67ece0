namespace SpatialCluster.Compute.Kernels;

/// <summary>
/// One product C = A · B with what is done on the way in and out. Element A(i, k) lies at
/// <c>A + i * RowStride + k * InnerStride</c>, so that A and its transpose need no different code; B comes in panels of
/// <see cref="PackedMatrix.PanelWidth"/> columns, or as plain rows where one panel is all there is.
/// </summary>
internal unsafe struct GemmOperands
{
    /// <summary>The left operand.</summary>
    public float* A;

    /// <summary>Floats between A(i, k) and A(i + 1, k).</summary>
    public long RowStride;

    /// <summary>Floats between A(i, k) and A(i, k + 1).</summary>
    public long InnerStride;

    /// <summary>The right operand: its first panel.</summary>
    public float* B;

    /// <summary>Floats between B(k, j) and B(k + 1, j) within a panel.</summary>
    public long BStride;

    /// <summary>Floats between the starts of two panels.</summary>
    public long PanelStride;

    /// <summary>The product.</summary>
    public float* C;

    /// <summary>Floats between two rows of C, and of <see cref="Gate"/>.</summary>
    public long CStride;

    /// <summary>Rows of C.</summary>
    public int Rows;

    /// <summary>Columns of A and rows of B.</summary>
    public int Inner;

    /// <summary>Columns of C, padding included: a multiple of 16.</summary>
    public int Width;

    /// <summary>Starts from the values of C instead of from zero.</summary>
    public bool Accumulate;

    /// <summary>Starts from this row (<see cref="Width"/> floats) instead of from zero; may be null.</summary>
    public float* Bias;

    /// <summary>Stores max(value, 0).</summary>
    public bool Relu;

    /// <summary>Stores zero where this matrix (shaped and strided as C) is not positive: the backward of ReLU; may be null.</summary>
    public float* Gate;
}
