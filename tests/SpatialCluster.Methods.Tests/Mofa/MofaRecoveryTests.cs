using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Tests.Mofa;

/// <summary>
/// Planted factors: a and b in both views, c in the first alone, d in the second alone, each weaker than the one before. That
/// recovery is claimed for such factors only. Where they are equally strong, principal components are mixtures of them, and a
/// training that starts there ends in a mixture, ours as mofapy2's.
/// </summary>
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

    /// <summary>
    /// What mofapy2's main branch finds in the same features with its defaults, start included: the correlations, rounded to
    /// four digits. It converges where we do, or an iteration apart, since the bound before the first iteration depends on components
    /// that are nothing but noise, and therefore on the random start of the decomposition.
    /// </summary>
    [Theory]
    [InlineData(11UL, 0.4, new[] { 0.9567, 0.8294, 0.7651, 0.9961 })]
    [InlineData(12UL, 0.4, new[] { 0.8666, 0.8609, 0.9971, 0.9971 })]
    [InlineData(13UL, 0.4, new[] { 0.8712, 0.8494, 0.9970, 0.9970 })]
    [InlineData(12UL, 0.3, new[] { 0.7514, 0.7466, 0.9724, 0.9959 })]
    [InlineData(13UL, 0.3, new[] { 0.9453, 0.9552, 0.9963, 0.9958 })]
    public void Run_EquallyStrongFactors_MixesThemAsTheOriginalDoes(ulong seed, double density, double[] expected)
    {
        using var planted = new PlantedSlice(400, [80, 50], s_present, seed, density, equal: true);
        using MofaResult result = MofaTraining.Run(planted.Input(1), new MofaOptions(), _team, new TrainingControl());
        (int Found, double Correlation)[] matches = planted.Matches(result.Factors.Columns, (spot, f) => result.Factors[spot, f]);
        for (int k = 0; k < expected.Length; k++)
            matches[k].Correlation.ShouldBe(expected[k], 2e-3, $"factor {k}");
    }

    /// <summary>The model knows better than its start: the mixture is a lower maximum of the bound than the planted factors are.</summary>
    [Theory]
    [InlineData(11UL)]
    [InlineData(12UL)]
    [InlineData(13UL)]
    public void Iterate_EquallyStrongFactors_FindsThemFromNearbyAndABetterBound(ulong seed)
    {
        using var planted = new PlantedSlice(400, [80, 50], s_present, seed, density: 0.4, equal: true);
        CenteredView[] views = [.. planted.Features.Select((features, m) => CenteredView.Of($"view{m}", features, toUnitVariance: false, _team))];
        var random = new RandomStream(seed);
        var near = new FactorTable(400, 4);
        for (int spot = 0; spot < 400; spot++)
        {
            for (int k = 0; k < 4; k++)
                near.Row(spot)[k] = planted.Factors[spot, k] + (0.3 * random.NextGaussian());
        }

        MofaModel fromComponents = Trained(views, FactorStart.Of(views, 4, random, _team)), fromNearby = Trained(views, near);
        planted.Matches(4, (spot, f) => fromComponents.Factors[spot, f]).Min(m => m.Correlation).ShouldBeLessThan(0.9);
        planted.Matches(4, (spot, f) => fromNearby.Factors[spot, f]).Min(m => m.Correlation).ShouldBeGreaterThan(0.99);
        fromNearby.Bound().ShouldBeGreaterThan(fromComponents.Bound() + 100);
    }

    public void Dispose()
    {
        _planted.Dispose();
        _team.Dispose();
    }

    private MofaModel Trained(CenteredView[] views, FactorTable start)
    {
        var model = new MofaModel(views, start, spikeSlab: true, _team);
        for (int i = 1; i <= 500; i++)
            model.Iterate(learnsSparsity: i >= 50);
        return model;
    }

    private MofaResult Run(MofaOptions options, ulong seed) => MofaTraining.Run(_planted.Input(seed), options, _team, new TrainingControl());

    private (int Found, double Correlation)[] Matches(MofaResult result) => _planted.Matches(result.Factors.Columns, (spot, f) => result.Factors[spot, f]);
}
