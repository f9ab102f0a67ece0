using System.Runtime.Intrinsics;
using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Tests.Kernels;

public sealed unsafe class RowKernelsTests
{
    private readonly Random _random = new(8);

    public static TheoryData<int> Widths => [16, 48, 64, 80, 128, 208];

    [Theory]
    [MemberData(nameof(Widths))]
    public void RowPasses_AnyWidth_AreWhatTheySay(int width)
    {
        using Matrix a = RandomMatrix.Uniform(1, width, _random), b = RandomMatrix.Uniform(1, width, _random), c = RandomMatrix.Uniform(1, width, _random);
        double ac = Dot(a, c), bc = Dot(b, c), close = width * 1e-7;
        ((double)RowKernels.Dot(a.Data, c.Data, width)).ShouldBe(ac, close);
        (float first, float second) = RowKernels.Dots(a.Data, b.Data, c.Data, width);
        first.ShouldBe(RowKernels.Dot(a.Data, c.Data, width));
        ((double)second).ShouldBe(bc, close);

        using var y = new Matrix(1, width);
        RowKernels.Combine(0.5f, a.Data, -2, b.Data, y.Data, width);
        y.ToArray().ShouldBe(Enumerable.Range(0, width).Select(j => MathF.FusedMultiplyAdd(-2, b[0, j], 0.5f * a[0, j])));
        RowKernels.Scale(3, a.Data, y.Data, width);
        y.ToArray().ShouldBe(a.ToArray().Select(x => 3 * x));
        RowKernels.AddScaled(-1, b.Data, y.Data, width);
        y.ToArray().ShouldBe(Enumerable.Range(0, width).Select(j => (3 * a[0, j]) - b[0, j]));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void AddColumnSums_AnyWidth_AddsRowByRow(int width)
    {
        using Matrix rows = RandomMatrix.Uniform(13, width + 16, _random), total = RandomMatrix.Uniform(1, width, _random);
        float[] expected = total.ToArray();
        for (int i = 0; i < 13; i++)
        {
            for (int j = 0; j < width; j++)
                expected[j] += rows[i, j];
        }

        RowKernels.AddColumnSums(rows.Data, rows.Stride, 13, total.Data, width);
        total.ToArray().ShouldBe(expected);
    }

    [Fact]
    public void LaneMask_EveryPatternOfSixteenBits_SelectsItsLanes()
    {
        for (uint bits = 0; bits < 65536; bits++)
            Vector512.ExtractMostSignificantBits(RowKernels.LaneMask(bits)).ShouldBe(bits);
        BitConverter.SingleToInt32Bits(RowKernels.LaneMask(4)[2]).ShouldBe(-1);
    }

    private static double Dot(Matrix x, Matrix y) => x.ToArray().Zip(y.ToArray(), (p, q) => (double)p * q).Sum();
}
