using SpatialCluster.Compute.Errors;
using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Simulation.Tests;

public sealed class SimulationOptionsTests
{
    private static readonly SimulationOptions s_small = new() { Rows = 6, Columns = 6, Modalities = [SimulatedModality.Protein with { Features = 3 }] };

    [Theory]
    [InlineData(40, "36 or 42")]
    [InlineData(5, "use 6")]
    [InlineData(0, "use 6")]
    [InlineData(-6, "use 6")]
    [InlineData(30_006, "30000 at most")]
    public void Simulate_GridThatDoesNotFit_NamesTheNearestOnes(int rows, string way)
    {
        string message = Should.Throw<BadInputException>(() => SliceSimulator.Simulate(s_small with { Rows = rows })).Message;
        message.ShouldContain($"{rows} rows");
        message.ShouldContain(way);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Simulate_NoiseThatMakesNoSense_IsRefused(double noise) =>
        Should.Throw<BadInputException>(() => SliceSimulator.Simulate(s_small with { NoiseLevel = noise })).Message.ShouldContain("noise level");

    [Fact]
    public void Simulate_NoModality_IsRefused() =>
        Should.Throw<BadInputException>(() => SliceSimulator.Simulate(s_small with { Modalities = [] }));

    [Fact]
    public void Simulate_SameModalityTwice_IsRefused() =>
        Should.Throw<BadInputException>(() => SliceSimulator.Simulate(s_small with { Modalities = [SimulatedModality.Rna, SimulatedModality.Rna] }))
            .Message.ShouldContain("'rna'");

    [Fact]
    public void Simulate_MoreEntriesThanAnArrayHolds_IsRefused() =>
        Should.Throw<BadInputException>(() => SliceSimulator.Simulate(s_small with { Rows = 6000, Columns = 6000, Modalities = [SimulatedModality.Rna] }))
            .Message.ShouldContain("smaller grid");

    [Fact]
    public void Simulate_ParametersOutOfRange_NameTheModalityAndTheRange()
    {
        SimulatedModality good = SimulatedModality.Protein;
        SimulatedModality[] bad =
        [
            good with { Features = 0 },
            good with { NonSpatialFactors = 0 },
            good with { Strength = 0 },
            good with { Background = -1 },
            good with { OnProbability = 1.5 },
            good with { ZeroInflation = double.NaN },
            good with { SpatialShare = -0.5 },
            good with { Shape = 0 },
        ];
        foreach (SimulatedModality modality in bad)
        {
            string message = Should.Throw<BadInputException>(() => SliceSimulator.Simulate(s_small with { Modalities = [modality] })).Message;
            message.ShouldContain("'protein'");
            message.ShouldContain("has to be");
        }
    }

    [Fact]
    public void Named_UnknownModality_NamesTheKnownOnes()
    {
        SimulatedModality.Named("ATAC").ShouldBeSameAs(SimulatedModality.Atac);
        Should.Throw<BadInputException>(() => SimulatedModality.Named("lipid")).Message.ShouldContain("rna, protein, atac, histone, metabolite");
    }
}
