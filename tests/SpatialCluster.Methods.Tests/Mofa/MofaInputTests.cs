using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Tests.Mofa;

/// <summary>Input at the borders of what the model is for.</summary>
public sealed class MofaInputTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);
    private readonly PlantedSlice _planted = new(120, [40, 25], [[true, true], [true, true]], seed: 9);

    [Theory]
    [InlineData(0f)]
    [InlineData(5.3f)]
    public void Run_ConstantFeatures_LearnsNothingFromThem(float value)
    {
        for (int i = 0; i < 120; i++)
            _planted.Features[0][i, 7] = _planted.Features[0][i, 39] = value;
        using MofaResult result = Run(new MofaOptions { Factors = 4 });
        result.ConstantFeatures.ShouldBe([2, 0]);
        result.Loadings[0].Row(7).ToArray().ShouldAllBe(w => Math.Abs(w) < 1e-6);
        result.Factors.ToArray().ShouldAllBe(z => float.IsFinite(z));
        result.VarianceExplained[0].Count(r2 => r2 > 0.01).ShouldBe(2);
    }

    [Fact]
    public void Run_ConstantModality_IsExplainedByTheOther()
    {
        for (int i = 0; i < 120; i++)
            _planted.Features[1].Row(i).Fill(2);
        using MofaResult result = Run(new MofaOptions { Factors = 4, ScaleViews = true });
        result.VarianceExplained[1].ShouldAllBe(r2 => r2 == 0);
        result.TotalVarianceExplained[1].ShouldBe(0);
        result.VarianceExplained[0].Count(r2 => r2 > 0.01).ShouldBe(2);
    }

    [Fact]
    public void Run_NothingVaries_Refuses()
    {
        foreach (Matrix matrix in _planted.Features)
            matrix.Clear();
        Should.Throw<BadInputException>(() => Run(new MofaOptions())).Message.ShouldContain("No feature of any modality varies");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Run_ValueThatIsNoNumber_IsRefusedWithItsPlace(float value)
    {
        _planted.Features[1][77, 20] = value;
        Should.Throw<BadInputException>(() => Run(new MofaOptions())).Message.ShouldMatch("'view1'.*spot 77, feature 20");
    }

    [Fact]
    public void Run_OneModality_FindsItsFactors()
    {
        using MofaResult result = MofaTraining.Run(PlantedSlice.InputOf(_planted.Features[..1]), new MofaOptions { DropFactorThreshold = 0.01 }, _team, new TrainingControl());
        result.Factors.Columns.ShouldBe(2);
    }

    [Theory]
    [InlineData(3, 4, 20)]
    [InlineData(60, 4, 20)]
    [InlineData(5, 30, 12)]
    public void Run_MoreFactorsThanTheDataHas_LeavesTheRestEmpty(int spots, int features, int factors)
    {
        using var small = new PlantedSlice(spots, [features], [[true]], seed: 2, density: 1, noise: 0.1);
        using MofaResult result = MofaTraining.Run(small.Input(), new MofaOptions { Factors = factors }, _team, new TrainingControl());
        result.Factors.Columns.ShouldBe(factors);
        result.Factors.ToArray().ShouldAllBe(z => float.IsFinite(z));
        result.VarianceExplained[0].Count(r2 => r2 > 0.01).ShouldBeLessThanOrEqualTo(int.Min(spots - 1, features));
    }

    [Fact]
    public void Run_NoStructure_SaysThatNoFactorIsLeft()
    {
        using var noise = new PlantedSlice(300, [30], [[false]], seed: 2);
        Should.Throw<BadInputException>(() => MofaTraining.Run(noise.Input(), new MofaOptions { Factors = 3, DropFactorThreshold = 0.2 }, _team, new TrainingControl()))
            .Message.ShouldContain("No factor explains more than 0.2");
    }

    [Theory]
    [InlineData(0, 1000, 0.1, "--factors")]
    [InlineData(10, 0, 0.1, "--iterations")]
    [InlineData(10, 1000, 1.0, "--drop-factor-threshold")]
    public void Validate_OptionOutOfRange_NamesIt(int factors, int iterations, double threshold, string option) =>
        Should.Throw<BadInputException>(() => new MofaOptions { Factors = factors, Iterations = iterations, DropFactorThreshold = threshold }.Validate()).Message.ShouldStartWith(option);

    public void Dispose()
    {
        _planted.Dispose();
        _team.Dispose();
    }

    private MofaResult Run(MofaOptions options) => MofaTraining.Run(_planted.Input(), options, _team, new TrainingControl());
}
