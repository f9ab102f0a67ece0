using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Tests.Kernels;

/// <summary>The three paths of the dense product: right within rounding, and equal to each other to the bit.</summary>
public sealed unsafe class GemmTests
{
    private static readonly int[] s_sizes = [1, 5, 6, 7, 13, 50, 64, 100, 256];

    public static TheoryData<int> Rows => [.. s_sizes];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Run_AnyShape_IsTheProductAndTheSameBitsOnEveryPath(int rows)
    {
        int options = rows;
        foreach (int inner in s_sizes)
        {
            foreach (int columns in s_sizes)
                Check(new GemmShape(rows, inner, columns).With(options++ % 32));
        }
    }

    [Fact]
    public void Run_EveryCombinationOfOptions_IsTheProductAndTheSameBitsOnEveryPath()
    {
        for (int options = 0; options < 32; options++)
        {
            foreach (int columns in new[] { 16, 33, 64, 70, 80, 130 })
                Check(new GemmShape(23, 19, columns).With(options));
        }
    }

    [Fact]
    public void Run_RandomShapes_IsTheProductAndTheSameBitsOnEveryPath() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
            seed =>
            {
                var random = new Random(seed);
                Check(new GemmShape(random.Next(1, 40), random.Next(1, 90), random.Next(1, 150)).With(random.Next(32)));
            }).Check(Config.QuickThrowOnFailure.WithReplay(1, 1));

    [Fact]
    public void Run_NoInnerTerms_GivesTheBias()
    {
        using var arena = Arena.OfSize(1 << 16);
        var packed = new PackedMatrix(0, 20, arena);
        using Matrix a = new(7, 0), bias = Matrix.From(1, 20, [.. Enumerable.Range(-9, 20).Select(x => (float)x)]);
        foreach (GemmCase.Kernel path in new GemmCase.Kernel[] { Gemm.Run, Gemm512.Run, Gemm256.Run, GemmScalar.Run })
        {
            using var c = new Matrix(7, 20);
            path(Gemm.Rows(a, 0, 7, packed, c.Data, c.Stride) with { Bias = bias.Data, Relu = true });
            for (int i = 0; i < 7; i++)
                c.Row(i).ToArray().ShouldBe(bias.ToArray().Select(x => Math.Max(x, 0)));
        }
    }

    /// <summary>Not-a-number, infinities and negative zeros behave alike on all paths, behind a ReLU and a gate too.</summary>
    [Fact]
    public void Run_SpecialValues_GivesTheSameBitsOnEveryPath()
    {
        float[] specials = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0f, 1e-42f, -1e-42f, 3e38f, -3e38f, 1];
        using var arena = Arena.OfSize(1 << 16);
        var packed = new PackedMatrix(2, 100, arena);
        using var b = new Matrix(2, 100);
        using var a = new Matrix(10, 2);
        using var gate = new Matrix(10, 100);
        for (int i = 0; i < 100; i++)
        {
            (b[0, i], b[1, i]) = (specials[i % 10], specials[i / 10]);
            for (int row = 0; row < 10; row++)
                gate[row, i] = specials[(row + i) % 10];
        }

        for (int row = 0; row < 10; row++)
            (a[row, 0], a[row, 1]) = (1, specials[row]);
        packed.Pack(b);
        foreach (bool relu in new[] { false, true })
        {
            foreach (bool gated in new[] { false, true })
            {
                int[] expected = Bits(GemmScalar.Run);
                Bits(Gemm256.Run).ShouldBe(expected);
                Bits(Gemm512.Run).ShouldBe(expected);

                // The sign and payload of a NaN are nobody's promise.
                int[] Bits(GemmCase.Kernel path)
                {
                    using var c = new Matrix(10, 100);
                    path(Gemm.Rows(a, 0, 10, packed, c.Data, c.Stride) with { Relu = relu, Gate = gated ? gate.Data : null });
                    return [.. c.ToArray().Select(x => float.IsNaN(x) ? int.MinValue + 1 : BitConverter.SingleToInt32Bits(x))];
                }
            }
        }
    }

    [Fact]
    public void PackTransposed_AnyMatrix_IsThePackedTranspose()
    {
        var random = new Random(3);
        using Matrix source = new(70, 37), transposed = new(37, 70);
        for (int i = 0; i < 70; i++)
        {
            for (int j = 0; j < 37; j++)
                source[i, j] = transposed[j, i] = random.NextSingle();
        }

        using var arena = Arena.OfSize(1 << 18);
        PackedMatrix one = new(37, 70, arena), other = new(37, 70, arena);
        one.PackTransposed(source);
        other.Pack(transposed);
        int length = (int)(2 * one.PanelStride);
        new Span<float>(one.Data, length).ToArray().ShouldBe(new Span<float>(other.Data, length).ToArray());
        one.Data[one.PanelStride].ShouldBe(transposed[0, 64]);
        new Span<float>(one.Data + one.PanelStride + 6, 58).ToArray().ShouldAllBe(x => x == 0);
    }

    private static void Check(GemmShape shape)
    {
        // A transposed product takes plain rows, which are one panel however wide they are.
        using var product = new GemmCase(shape, seed: (shape.Rows * 31) + (shape.Inner * 7) + shape.Columns);
        float[] scalar = product.Run(GemmScalar.Run);
        product.ShouldBeTheProduct(scalar);
        Same(scalar, product.Run(Gemm256.Run), shape, "256");
        Same(scalar, product.Run(Gemm512.Run), shape, "512");
        Same(scalar, product.Run(Gemm.Run), shape, "chosen");
    }

    private static void Same(float[] expected, float[] actual, GemmShape shape, string path)
    {
        if (!expected.AsSpan().SequenceEqual(actual))
            Assert.Fail($"{shape}: the {path} path gives other bits than the scalar one");
    }
}
