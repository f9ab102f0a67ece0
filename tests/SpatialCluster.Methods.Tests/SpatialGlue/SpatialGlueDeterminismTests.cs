using System.Runtime.InteropServices;
using SpatialCluster.Methods.SpatialGlue;

namespace SpatialCluster.Tests.SpatialGlue;

/// <summary>The same bytes for any number of threads; the probe of SpaMI's tests compares processors.</summary>
public sealed class SpatialGlueDeterminismTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(20)]
    public void Train_AnyNumberOfThreads_GivesTheSameBytes(int width)
    {
        var options = new SpatialGlueOptions { EmbeddingWidth = width };
        float[][] one = Results(options, 1, seed: 7);
        one.ShouldAllBe(values => values.All(float.IsFinite));
        foreach (int threads in new[] { 2, 3 })
        {
            float[][] other = Results(options, threads, seed: 7);
            other.Length.ShouldBe(one.Length);
            for (int i = 0; i < one.Length; i++)
                MemoryMarshal.AsBytes<float>(other[i]).SequenceEqual(MemoryMarshal.AsBytes<float>(one[i])).ShouldBeTrue($"{threads} threads, result {i}");
        }

        one[0].ShouldNotBe(Results(options, 1, seed: 8)[0], "the seed decides");
    }

    private static float[][] Results(SpatialGlueOptions options, int threads, ulong seed)
    {
        using var run = new SmallGlue(spots: 700, [50, 20, 33], options, threads, seed);
        run.Train(3);
        return [.. run.Results()];
    }
}
