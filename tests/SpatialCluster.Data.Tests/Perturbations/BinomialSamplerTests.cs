using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Perturbations;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Perturbations;

/// <summary>The law of thinned counts, through the one door there is.</summary>
public sealed class BinomialSamplerTests : IDisposable
{
    private const int Draws = 40_000;

    private readonly ThreadTeam _team = new(2);

    // Inversion, inversion with p above one half, rejection below and above one half, and both sides of the border between them.
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(12, 0.25)]
    [InlineData(12, 0.9)]
    [InlineData(49, 0.2)]
    [InlineData(51, 0.2)]
    [InlineData(60, 0.7)]
    [InlineData(400, 0.5)]
    [InlineData(5000, 0.02)]
    public void Apply_ManyEqualCounts_FollowTheBinomialLaw(int trials, double share)
    {
        var found = new int[trials + 1];
        foreach (int successes in Thin(trials, share))
            found[successes]++;
        double[] expected = Law(trials, share);
        double chiSquare = 0;
        int cells = 0;
        double pooledExpected = 0, pooledFound = 0;
        for (int k = 0; k <= trials; k++)
        {
            pooledExpected += expected[k] * Draws;
            pooledFound += found[k];
            // Cells of at least ten expected draws, the last with what remains.
            double left = expected.Skip(k + 1).Sum() * Draws;
            if (pooledExpected < 10 || (left < 10 && k < trials))
                continue;
            chiSquare += (pooledFound - pooledExpected) * (pooledFound - pooledExpected) / pooledExpected;
            cells++;
            pooledExpected = pooledFound = 0;
        }

        // χ² of f degrees has mean f and variance 2f; five deviations are less likely than one in a million draws of the seed.
        int degrees = cells - 1;
        chiSquare.ShouldBeLessThan(degrees + (5 * Math.Sqrt(2 * degrees)) + 5);
    }

    [Fact]
    public void Apply_LargestCounts_HaveMeanAndVarianceOfTheLaw()
    {
        const int Trials = 1 << 24;
        int[] drawn = Thin(Trials, 0.37);
        double mean = Trials * 0.37, variance = mean * 0.63;
        drawn.Average().ShouldBe(mean, 5 * Math.Sqrt(variance / Draws));
        drawn.Average(d => (d - mean) * (d - mean)).ShouldBe(variance, 5 * variance * Math.Sqrt(2.0 / Draws));
    }

    public void Dispose() => _team.Dispose();

    private int[] Thin(int trials, double share)
    {
        var counts = new CsrMatrix(Draws, 1, [.. Enumerable.Range(0, Draws + 1).Select(i => (long)i)], new int[Draws], [.. Enumerable.Repeat((float)trials, Draws)]);
        var modality = new Modality { Name = "rna", Kind = ModalityKind.Rna, Counts = counts, FeatureNames = ["g"] };
        CsrMatrix thinned = DepthThinning.Apply(modality, share, _team, new RandomStream(7)).Counts;
        return [.. Enumerable.Range(0, Draws).Select(spot => thinned.RowValues(spot).Length == 0 ? 0 : (int)thinned.RowValues(spot)[0])];
    }

    private static double[] Law(int trials, double share)
    {
        var logs = new double[trials + 1];
        logs[0] = trials * Math.Log(1 - share);
        for (int k = 1; k <= trials; k++)
            logs[k] = logs[k - 1] + Math.Log((double)(trials - k + 1) / k * share / (1 - share));
        return Array.ConvertAll(logs, Math.Exp);
    }
}
