using SpatialCluster.Methods.Mofa;

namespace SpatialCluster.Tests.Mofa;

public class SpecialFunctionsTests
{
    /// <summary>From scipy.special.</summary>
    [Theory]
    [InlineData(1e-14, 32.236191301916634, -100000000000000.58)]
    [InlineData(1e-3, 6.907178885383854, -1000.5755719318103)]
    [InlineData(0.5, 0.5723649429247001, -1.9635100260214235)]
    [InlineData(1, 0, -0.5772156649015329)]
    [InlineData(3.7, 1.428072326665388, 1.1671535393615113)]
    [InlineData(10, 12.801827480081469, 2.251752589066721)]
    [InlineData(648.001, 3544.7697661417806, 6.473120437356035)]
    public void GammaFunctions_KnownArguments_GiveKnownValues(double x, double logGamma, double digamma)
    {
        SpecialFunctions.LogGamma(x).ShouldBe(logGamma, 1e-14 * Math.Max(1, Math.Abs(logGamma)));
        SpecialFunctions.Digamma(x).ShouldBe(digamma, 1e-14 * Math.Max(1, Math.Abs(digamma)));
    }
}
