using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Tests.Mofa;

/// <summary>Planted factors: a and b in both views, c in the first alone, d in the second alone.</summary>
public sealed class MofaRecoveryTests : IDisposable
{
    private static readonly bool[][] s_present = [[true, true, true, false], [true, true, false, true]];

    // The fast rule ends while the factors still turn towards sparse loadings.
    private static readonly MofaOptions s_thorough = new() { DropFactorThreshold = 0.01, Convergence = MofaConvergence.Slow };

    private readonly ThreadTeam _team = new(2);
    private readonly PlantedSlice _planted = new(400, [80, 50], s_present, seed: 11);

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    public void Run_PlantedFactors_FindsEachAndNoOther(ulong seed)
    {
        using MofaResult result = Run(s_thorough, seed);
        result.Converged.ShouldBeTrue();
        result.Factors.Columns.ShouldBe(4);
        Matches(result).Select(m => m.Found).Distinct().Count().ShouldBe(4);
        Matches(result).ShouldAllBe(m => m.Correlation > 0.95);
    }

    [Fact]
    public void Run_PlantedFactors_SwitchesThemOffWhereTheyAreAbsent()
    {
        using MofaResult result = Run(s_thorough, seed: 1);
        (int Found, double Correlation)[] matches = Matches(result);
        for (int m = 0; m < 2; m++)
        {
            for (int k = 0; k < 4; k++)
            {
                double explained = result.VarianceExplained[m][matches[k].Found];
                if (s_present[m][k])
                    explained.ShouldBeGreaterThan(0.05);
                else
                    explained.ShouldBeLessThan(0.002);
            }
        }
    }

    [Fact]
    public void Run_PlantedLoadings_FindsWhichAreZero()
    {
        using MofaResult result = Run(s_thorough, seed: 1);
        (int Found, double Correlation)[] matches = Matches(result);
        int right = 0, all = 0;
        for (int m = 0; m < 2; m++)
        {
            for (int k = 0; k < 4; k++)
            {
                for (int j = 0; j < result.Loadings[m].Rows; j++, all++)
                    right += Math.Abs(result.Loadings[m][j, matches[k].Found]) > 0.2 == (_planted.Loadings[m][j, k] != 0) ? 1 : 0;
            }
        }

        // Planted loadings are 0.48 at least, and 400 spots with noise 0.5 leave a standard error of 0.025; factors are mixed a little.
        ((double)right / all).ShouldBeGreaterThan(0.98);
    }

    [Fact]
    public void Run_WithoutDropping_KeepsAllFactorsInTheOrderOfWhatTheyExplain()
    {
        using MofaResult result = Run(new MofaOptions(), seed: 1);
        result.Factors.Columns.ShouldBe(10);
        double[] explained = [.. Enumerable.Range(0, 10).Select(k => result.VarianceExplained.Sum(view => view[k]))];
        explained.ShouldBe(explained.OrderDescending());
        explained.Count(sum => sum > 0.01).ShouldBe(4);
    }

    [Fact]
    public void Run_ManyFactors_ExplainTogetherWhatTheNoiseLeaves()
    {
        using MofaResult result = Run(new MofaOptions(), seed: 1);
        for (int m = 0; m < 2; m++)
        {
            double total = 0, noise = 0.25 * 400 * result.Loadings[m].Rows;
            for (int j = 0; j < result.Loadings[m].Rows; j++)
            {
                float[] values = [.. Enumerable.Range(0, 400).Select(i => _planted.Features[m][i, j])];
                total += values.Sum(x => (x - values.Average()) * (x - values.Average()));
            }

            result.TotalVarianceExplained[m].ShouldBe(1 - (noise / total), 0.02);
        }
    }

    public void Dispose()
    {
        _planted.Dispose();
        _team.Dispose();
    }

    private MofaResult Run(MofaOptions options, ulong seed) => MofaTraining.Run(_planted.Input(seed), options, _team, new TrainingControl());

    private (int Found, double Correlation)[] Matches(MofaResult result) =>
    [
        .. Enumerable.Range(0, 4).Select(k => Enumerable.Range(0, result.Factors.Columns).Select(f => (f, Correlation(result, f, k))).MaxBy(m => m.Item2)),
    ];

    private double Correlation(MofaResult result, int found, int planted)
    {
        double[] a = [.. Enumerable.Range(0, 400).Select(i => (double)result.Factors[i, found])], b = [.. Enumerable.Range(0, 400).Select(i => _planted.Factors[i, planted])];
        double meanA = a.Average(), meanB = b.Average();
        double product = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return Math.Abs(product) / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
