using SpatialCluster.Compute.Randomness;
using SpatialCluster.Simulation.Sampling;

namespace SpatialCluster.Simulation.Tests;

public sealed class PoissonSamplerTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(1.0)]
    [InlineData(9.99)]
    [InlineData(10.0)]
    [InlineData(37.5)]
    [InlineData(400.0)]
    public void Next_EveryCount_ComesAsOftenAsTheLawSays(double mean)
    {
        const int draws = 400_000;
        var random = new RandomStream(11);
        var seen = new int[2000];
        for (int i = 0; i < draws; i++)
            seen[(int)PoissonSampler.Next(mean, random)]++;
        for (int count = 0; count < seen.Length; count++)
        {
            double expected = draws * Math.Exp(LogProbability(count, mean));
            // Five standard deviations of a binomial count; the 5 covers the skew of rare counts.
            Math.Abs(seen[count] - expected).ShouldBeLessThan(5 * Math.Sqrt(expected) + 5, $"count {count}");
        }
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(1e8)]
    [InlineData(1e13)]
    public void Next_LargeMean_HasThatMeanAndVariance(double mean)
    {
        const int draws = 100_000;
        var random = new RandomStream(12);
        double sum = 0, squares = 0, cubes = 0;
        for (int i = 0; i < draws; i++)
        {
            double z = (PoissonSampler.Next(mean, random) - mean) / Math.Sqrt(mean);
            sum += z;
            squares += z * z;
            cubes += z * z * z;
        }

        // Standard errors of the moments of a standard normal: 1, √2 and √15, over √draws.
        Math.Abs(sum / draws).ShouldBeLessThan(5 / Math.Sqrt(draws));
        Math.Abs((squares / draws) - 1).ShouldBeLessThan(5 * Math.Sqrt(2.0 / draws));
        Math.Abs((cubes / draws) - (1 / Math.Sqrt(mean))).ShouldBeLessThan(5 * Math.Sqrt(15.0 / draws));
    }

    [Fact]
    public void Next_MeanZero_IsZero() => PoissonSampler.Next(0, new RandomStream(1)).ShouldBe(0);

    [Theory]
    [InlineData(0.3)]
    [InlineData(12.0)]
    [InlineData(500.0)]
    public void LogProbability_AnyCount_EqualsTheSumOfLogarithms(double mean)
    {
        // The reference sums up to 1,500 logarithms below 8, each rounded: 1e-10 leaves room.
        for (int count = 0; count <= 1500; count++)
            PoissonLaw.LogProbability(count, mean).ShouldBe(LogProbability(count, mean), 1e-10 * Math.Max(1, count));
    }

    [Fact]
    public void LogProbability_AtAVeryLargeMean_IsThatOfItsNormalLimit() =>
        // At the mode: 1 / √(2πμ) up to a relative 1/(12μ).
        PoissonLaw.LogProbability(1e14, 1e14).ShouldBe(-0.5 * Math.Log(2 * Math.PI * 1e14), 1e-12);

    private static double LogProbability(int count, double mean)
    {
        double sum = count * Math.Log(mean) - mean;
        for (int k = 2; k <= count; k++)
            sum -= Math.Log(k);
        return sum;
    }
}
