using System.Runtime.Intrinsics;
using SpatialCluster.Compute.Kernels;

namespace SpatialCluster.Compute.Tests.Kernels;

/// <summary>The errors that the functions' documentation claims, against double, over dense grids and random bit patterns.</summary>
public sealed class VectorMathTests
{
    private static readonly float[] s_arguments = Arguments();

    [Fact]
    public void Exp_AnyArgument_KeepsItsBound() => Check(VectorMath.Exp, x => x < -87 ? 0 : Math.Exp(Math.Min(x, 88)), y => Math.ScaleB(y, -22));

    [Fact]
    public void Sigmoid_AnyArgument_KeepsItsBound() =>
        Check(VectorMath.Sigmoid, x => x < -87 ? 0 : 1 / (1 + Math.Exp(-(double)x)), y => Math.ScaleB(y, -21));

    [Fact]
    public void Tanh_AnyArgument_KeepsItsBound() => Check(VectorMath.Tanh, x => Math.Tanh(x), _ => Math.ScaleB(1, -22));

    [Fact]
    public void Softplus_AnyArgument_KeepsItsBound() =>
        Check(VectorMath.Softplus, x => Math.Max(x, 0d) + Math.Log(1 + Math.Exp(-Math.Abs((double)x))), y => Math.Max(Math.ScaleB(1, -22), Math.ScaleB(y, -23)));

    [Fact]
    public void Functions_SpecialValues_GiveLimits()
    {
        foreach (float zero in new[] { 0f, -0f })
        {
            Lanes.One(VectorMath.Exp, zero).ShouldBe(1);
            Lanes.One(VectorMath.Sigmoid, zero).ShouldBe(0.5f);
            Lanes.One(VectorMath.Tanh, zero).ShouldBe(0);
        }

        float.IsNegative(Lanes.One(VectorMath.Tanh, -0f)).ShouldBeTrue();
        foreach (float large in new[] { 1000f, 1e30f, float.MaxValue, float.PositiveInfinity })
        {
            Lanes.One(VectorMath.Exp, -large).ShouldBe(0);
            Lanes.One(VectorMath.Exp, large).ShouldBe(Lanes.One(VectorMath.Exp, 88));
            Lanes.One(VectorMath.Sigmoid, -large).ShouldBe(0);
            Lanes.One(VectorMath.Sigmoid, large).ShouldBe(1);
            Lanes.One(VectorMath.Tanh, -large).ShouldBe(-1);
            Lanes.One(VectorMath.Tanh, large).ShouldBe(1);
            Lanes.One(VectorMath.Softplus, -large).ShouldBe(0);
            Lanes.One(VectorMath.Softplus, large).ShouldBe(large);
        }
    }

    /// <summary>A run that diverged must show it: a NaN may not come out as a plausible number.</summary>
    [Theory]
    [InlineData(0x7FC00000)]
    [InlineData(0x7FC00001)]
    [InlineData(0x7FFFFFFF)]
    [InlineData(-1)]
    public void Functions_NotANumber_StayNotANumber(int bits)
    {
        float nan = BitConverter.Int32BitsToSingle(bits);
        foreach (Func<Vector512<float>, Vector512<float>> function in
            new Func<Vector512<float>, Vector512<float>>[] { VectorMath.Exp, VectorMath.Sigmoid, VectorMath.Tanh, VectorMath.Softplus })
            Lanes.One(function, nan).ShouldBe(float.NaN);
    }

    [Fact]
    public void Sum_SixteenLanes_AddsAllOfThemInItsOrder()
    {
        Vector512<float> powers = Vector512.Create(1f, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        VectorMath.Sum(powers).ShouldBe(65535);

        // Halves are folded onto each other; so 2²⁴ meets −2²⁴ before the ones that it would swallow.
        VectorMath.Sum(Vector512.Create(16777216f, 0, 0, 0, 0, 0, 0, 0, -16777216f, 0, 1, 0, 0, 0, 0, 0)).ShouldBe(1);
    }

    private static void Check(Func<Vector512<float>, Vector512<float>> function, Func<float, double> exact, Func<double, double> bound)
    {
        float[] values = Lanes.Map(function, s_arguments);
        for (int i = 0; i < values.Length; i++)
        {
            double expected = exact(s_arguments[i]);
            if (!(Math.Abs(values[i] - expected) <= bound(expected)))
                Assert.Fail($"at {s_arguments[i]:R}: {values[i]:R}, not {expected:R}");
        }
    }

    private static float[] Arguments()
    {
        var random = new Random(11);
        var list = new List<float> { -87, 88, MathF.BitDecrement(-87), MathF.BitIncrement(-87), MathF.BitIncrement(88), 0.34657359f, -0.34657359f };
        for (int i = -400_000; i <= 400_000; i++)
            list.Add(i * (100f / 400_000));
        for (int i = 0; i < 200_000; i++)
        {
            float x = BitConverter.Int32BitsToSingle(random.Next() ^ (random.Next(2) << 31));
            if (float.IsFinite(x))
                list.Add(x);
        }

        return [.. list];
    }
}
