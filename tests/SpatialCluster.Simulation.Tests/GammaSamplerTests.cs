using SpatialCluster.Compute.Randomness;
using SpatialCluster.Simulation.Sampling;

namespace SpatialCluster.Simulation.Tests;

public sealed class GammaSamplerTests
{
    private const int Draws = 300_000;

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.9)]
    [InlineData(1.0)]
    [InlineData(10.0)]
    [InlineData(1e5)]
    public void Next_AnyShape_HasTheMomentsOfTheGamma(double shape)
    {
        var random = new RandomStream(21);
        var sampler = new GammaSampler(shape);
        double sum = 0, squares = 0;
        for (int i = 0; i < Draws; i++)
        {
            double difference = sampler.Next(random) - shape;
            sum += difference;
            squares += difference * difference;
        }

        // Variance a; fourth central moment 3a² + 6a.
        Math.Abs(sum / Draws).ShouldBeLessThan(5 * Math.Sqrt(shape / Draws));
        Math.Abs((squares / Draws) - shape).ShouldBeLessThan(5 * Math.Sqrt(((2 * shape * shape) + (6 * shape)) / Draws));
    }

    [Fact]
    public void Next_ShapeOneHalfAndOne_FollowTheirDistributions()
    {
        // Gamma(1) is exponential; Gamma(½) is half a squared normal. Kolmogorov–Smirnov: 1.95 / √n is exceeded once in 1,000.
        Distance(1, x => 1 - Math.Exp(-x)).ShouldBeLessThan(1.95 / Math.Sqrt(Draws));
        double median = Median(0.5);
        // The median of χ²₁ is 0.45494; density of the gamma there is 0.9444 (= e^{-x} / √(πx) at x = 0.22747).
        median.ShouldBe(0.454936423 / 2, 5 * 0.5 / (0.9444 * Math.Sqrt(Draws)));
    }

    private static double Distance(double shape, Func<double, double> law)
    {
        double[] numbers = Sorted(shape);
        double distance = 0;
        for (int i = 0; i < numbers.Length; i++)
            distance = Math.Max(distance, Math.Abs(law(numbers[i]) - ((i + 0.5) / numbers.Length)));
        return distance;
    }

    private static double Median(double shape) => Sorted(shape)[Draws / 2];

    private static double[] Sorted(double shape)
    {
        var random = new RandomStream(22);
        var sampler = new GammaSampler(shape);
        var numbers = new double[Draws];
        for (int i = 0; i < Draws; i++)
            numbers[i] = sampler.Next(random);
        Array.Sort(numbers);
        return numbers;
    }
}
