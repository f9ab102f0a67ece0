using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Controls;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.Training;
using SpatialCluster.Tests.Wnn;

namespace SpatialCluster.Tests.Controls;

public sealed class ControlTests
{
    [Theory]
    [InlineData("pca")]
    [InlineData("random")]
    [InlineData("truth")]
    [InlineData("wnn")]
    public void Catalogue_Name_HasAWorkingDefault(string name)
    {
        IntegrationMethod method = MethodCatalogue.Named(name);
        method.Version.ShouldBePositive();
        method.Presets.ShouldHaveSingleItem().Options.Validate();
        method.ForecastBytes(1000, [30, 20], method.Presets[0].Options, 2).ShouldBePositive();
        method.SeesTruth.ShouldBe(name == "truth");
        method.UsesSeed.ShouldBe(name == "random");
        foreach (ModalityKind kind in Enum.GetValues<ModalityKind>())
            (method.Presets[0].PreprocessingOf(kind) is { Components: null } or { FewerComponents: true }).ShouldBeTrue("small panels are not refused");
    }

    [Theory]
    [InlineData("pca")]
    [InlineData("random")]
    [InlineData("truth")]
    public void Run_AnyNumberOfThreads_GivesTheSameNumbers(string name)
    {
        MethodInput input = WnnSlice.Input(700, 2, 1, 3);
        float[] one = Run(name, input, threads: 1);
        Run(name, input, threads: 2).ShouldBe(one);
        Run(name, input, threads: 3).ShouldBe(one);
        one.ShouldAllBe(x => float.IsFinite(x));
        bool moved = !Run(name, input with { Seed = 9 }, threads: 1).SequenceEqual(one);
        moved.ShouldBe(MethodCatalogue.Named(name).UsesSeed);
    }

    [Fact]
    public void Random_Embedding_IsStandardNormal()
    {
        float[] values = Run("random", WnnSlice.Input(2000, 1));
        values.Length.ShouldBe(2000 * 20);
        values.Average(x => (double)x).ShouldBe(0, 0.02);
        values.Average(x => (double)x * x).ShouldBe(1, 0.03);
    }

    [Fact]
    public void Truth_Embedding_LeidenFindsTheDomains()
    {
        MethodInput input = WnnSlice.Input(400, 0);
        input = input with { Truth = [.. Enumerable.Range(0, 400).Select(spot => spot % 3)] };
        using var team = new ThreadTeam(2);
        using MethodResult result = MethodCatalogue.Truth.Run(input, new TruthOptions(), team, new TrainingControl());
        TissueDomains domains = DomainFinder.Find(result, input.Coordinates, new DomainOptions { Domains = 3 }, 0, team);
        ClusteringScores.Compare([.. input.Truth], domains.Labels).AdjustedRandIndex.ShouldBe(1);
    }

    [Fact]
    public void Truth_UnknownDomain_LiesAtTheOrigin()
    {
        MethodInput input = WnnSlice.Input(50, 0);
        input = input with { Truth = [.. Enumerable.Range(0, 50).Select(spot => (spot % 3) - 1)] };
        float[] embedding = Run("truth", input);
        embedding.Length.ShouldBe(100);
        for (int spot = 0; spot < 50; spot++)
        {
            embedding[2 * spot].ShouldBe(spot % 3 == 1 ? 1 : 0, 0.01f);
            embedding[(2 * spot) + 1].ShouldBe(spot % 3 == 2 ? 1 : 0, 0.01f);
        }

        embedding.Distinct().Count().ShouldBe(100, "no two spots are one");
    }

    [Fact]
    public void Truth_Missing_IsRefused()
    {
        MethodInput input = WnnSlice.Input(50, 0);
        Should.Throw<BadInputException>(() => Run("truth", input with { Truth = null })).Message.ShouldContain("--truth");
        Should.Throw<BadInputException>(() => Run("truth", input with { Truth = [0, 1] })).Message.ShouldContain("2 spots");
        Should.Throw<BadInputException>(() => Run("truth", input with { Truth = [.. Enumerable.Repeat(-1, 50)] })).Message.ShouldContain("no spot is known");
    }

    [Theory]
    [InlineData(PcaScaling.Feature)]
    [InlineData(PcaScaling.Modality)]
    public void ScaledConcatenation_Scaling_GivesVarianceOne(PcaScaling scaling)
    {
        MethodInput input = WnnSlice.Input(500, 4, 2);
        foreach (ref float value in input.Features[0].Row(3))
            value *= 7;
        using Matrix joined = ScaledConcatenation.Of(input.Features, scaling);
        double[] variances =
        [
            .. Enumerable.Range(0, joined.Columns).Select(j => Enumerable.Range(0, 500).Sum(spot => (double)joined[spot, j] * joined[spot, j]) / 499),
        ];
        if (scaling == PcaScaling.Feature)
            variances.ShouldAllBe(v => Math.Abs(v - 1) < 1e-5);
        else
            (variances[..5].Sum(), variances[5..].Sum()).ShouldBe((1, 1), Comparer());
        Enumerable.Range(0, 500).Sum(spot => (double)joined[spot, 0]).ShouldBe(0, 1e-3);

        static IEqualityComparer<(double, double)> Comparer() =>
            EqualityComparer<(double, double)>.Create((a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-5);
    }

    [Fact]
    public void Pca_ConstantFeature_CountsForNothing()
    {
        MethodInput input = WnnSlice.Input(300, 2);
        using var constant = new Matrix(300, 1);
        for (int spot = 0; spot < 300; spot++)
            constant[spot, 0] = 0.1f;
        float[] with = Run("pca", WnnSlice.Input(input.Coordinates.X, [input.Features[0], constant])), without = Run("pca", input);
        for (int spot = 0; spot < 300; spot++)
        {
            with[(spot * 6) + 5].ShouldBe(0);
            for (int j = 0; j < 5; j++)
                with[(spot * 6) + j].ShouldBe(without[(spot * 5) + j], 1e-5f);
        }
    }

    [Fact]
    public void Pca_FewFeatures_GivesAsManyComponentsWithANote()
    {
        using var team = new ThreadTeam(1);
        using MethodResult result = MethodCatalogue.Pca.Run(WnnSlice.Input(300, 2, 2), new PcaOptions(), team, new TrainingControl());
        result.Embedding!.Columns.ShouldBe(5 + 8);
        result.Notes.ShouldHaveSingleItem().ShouldContain("fewer than the 50");
        Should.Throw<BadInputException>(() => MethodCatalogue.Pca.Run(WnnSlice.Input(1, 2), new PcaOptions(), team, new TrainingControl())).Message.ShouldContain("at least 2 spots");
    }

    private static float[] Run(string name, MethodInput input, int threads = 1)
    {
        IntegrationMethod method = MethodCatalogue.Named(name);
        using var team = new ThreadTeam(threads);
        using MethodResult result = method.Run(input, method.Presets[0].Options, team, new TrainingControl());
        return result.Embedding!.ToArray();
    }
}
