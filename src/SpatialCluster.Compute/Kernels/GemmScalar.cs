namespace SpatialCluster.Compute.Kernels;

/// <summary>Products without vectors: the same sums in the same order, for processors without AVX2.</summary>
internal static unsafe class GemmScalar
{
    public static void Run(in GemmOperands g)
    {
        for (int row = 0; row < g.Rows; row++)
        {
            for (int column = 0; column < g.Width; column++)
            {
                float* a = g.A + (row * g.RowStride);
                float* b = g.B + (column / PackedMatrix.PanelWidth * g.PanelStride) + (column % PackedMatrix.PanelWidth);
                float* c = g.C + (row * g.CStride) + column;
                float sum = g.Bias is not null ? g.Bias[column] : g.Accumulate ? *c : 0;
                for (int k = 0; k < g.Inner; k++)
                    sum = MathF.FusedMultiplyAdd(a[k * g.InnerStride], b[k * g.BStride], sum);
                // As the vector paths do: what is not greater than zero (a NaN too) becomes zero behind a gate.
                if (g.Relu)
                    sum = MathF.Max(sum, 0);
                if (g.Gate is not null && !(g.Gate[(row * g.CStride) + column] > 0))
                    sum = 0;
                *c = sum;
            }
        }
    }
}
