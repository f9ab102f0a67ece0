using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Preprocessing;

public class PreprocessorTests
{
    public static TheoryData<string> Kinds() => [.. Options.Keys];

    private static Dictionary<string, (ModalityKind Kind, PreprocessingOptions Options)> Options { get; } = new()
    {
        ["rna"] = (ModalityKind.Rna, new RnaPreprocessingOptions { Components = 3, HighlyVariableGenes = 20 }),
        ["rna all genes"] = (ModalityKind.Rna, new RnaPreprocessingOptions { Components = 3, HighlyVariableGenes = null }),
        ["rna unreduced"] = (ModalityKind.Rna, new RnaPreprocessingOptions { Components = null, HighlyVariableGenes = 20 }),
        ["protein"] = (ModalityKind.Protein, new ProteinPreprocessingOptions()),
        ["protein pca"] = (ModalityKind.Protein, new ProteinPreprocessingOptions { Components = 3, MinSpots = 5 }),
        ["atac"] = (ModalityKind.Atac, new AtacPreprocessingOptions { Components = 3 }),
        ["histone"] = (ModalityKind.Histone, new AtacPreprocessingOptions { Components = 3 }),
        ["metabolite"] = (ModalityKind.Metabolite, new MetabolitePreprocessingOptions { Components = 3, Clip = 1.5 }),
        ["metabolite raw"] = (ModalityKind.Metabolite, new MetabolitePreprocessingOptions { TotalIonCount = false, LogTransform = false, Scale = false, Components = 3 }),
        ["metabolite few"] = (ModalityKind.Metabolite, new MetabolitePreprocessingOptions { Components = 1000, Clip = 1.5 }),
        ["none"] = (ModalityKind.Rna, PreprocessingOptions.None),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_OneTwoThreeThreads_GivesTheSameBytes(string kind)
    {
        Modality modality = Modalities.Random(Options[kind].Kind, 700, 650, 3);
        float[][] features = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using var team = new ThreadTeam(threads);
            using PreprocessedModality fit = Preprocessor.Fit(modality, Options[kind].Options, team, new RandomStream(5));
            return fit.Features.ToArray();
        })];
        features[1].ShouldBe(features[0]);
        features[2].ShouldBe(features[0]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Transform_SameInputAfterSaveAndLoad_GivesTheSameBytes(string kind)
    {
        Modality modality = Modalities.Random(Options[kind].Kind, 90, 40, 4);
        using var team = new ThreadTeam(2);
        using PreprocessedModality fit = Preprocessor.Fit(modality, Options[kind].Options, team, new RandomStream(5));
        byte[] stored = Saved(fit.Fitted);
        FittedPreprocessing loaded = FittedPreprocessing.Load(new BinaryReader(new MemoryStream(stored)));
        using PreprocessedModality again = loaded.Transform(modality, team);
        again.Features.ToArray().ShouldBe(fit.Features.ToArray());
        Saved(loaded).ShouldBe(stored);
        loaded.DenoisedFeatureNames.ShouldBe(fit.DenoisedFeatureNames);
        loaded.DenoisedUnit.ShouldBe(fit.Fitted.DenoisedUnit);
        loaded.Width.ShouldBe(fit.Features.Columns);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Transform_FeaturesInAnotherOrder_GivesTheSameBytes(string kind)
    {
        Modality modality = Modalities.Random(Options[kind].Kind, 60, 31, 4);
        using var team = new ThreadTeam(1);
        using PreprocessedModality fit = Preprocessor.Fit(modality, Options[kind].Options, team, new RandomStream(5));
        double[] dense = Modalities.Dense(modality.Counts);
        double[] turned = new double[dense.Length];
        for (int at = 0; at < dense.Length; at++)
            turned[(at / 31 * 31) + 30 - (at % 31)] = dense[at];
        Modality other = modality with { Counts = Modalities.Sparse(60, 31, turned), FeatureNames = [.. modality.FeatureNames.Reverse()] };
        using PreprocessedModality again = fit.Fitted.Transform(other, team);
        again.Features.ToArray().ShouldBe(fit.Features.ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_PermutedSpots_PermutesTheFeatures(string kind) => Prop.ForAll(
        ArbMap.Default.ArbFor<byte>(),
        seed =>
        {
            Modality modality = Modalities.Random(Options[kind].Kind, 60, 36, 8);
            int[] order = new int[60];
            new RandomStream(seed).Permutation(order);
            using var team = new ThreadTeam(1);
            using PreprocessedModality fit = Preprocessor.Fit(modality, Options[kind].Options, team, new RandomStream(5));
            using PreprocessedModality moved = Preprocessor.Fit(Modalities.Reordered(modality, order), Options[kind].Options, team, new RandomStream(5));
            for (int i = 0; i < order.Length; i++)
            {
                // Sums over spots run in another order: rounding in double, before the features are made float32.
                for (int j = 0; j < fit.Features.Columns; j++)
                    moved.Features[i, j].ShouldBe(fit.Features[order[i], j], 1e-4f * (1 + Math.Abs(fit.Features[order[i], j])));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Theory]
    [InlineData("rna")]
    [InlineData("protein")]
    [InlineData("atac")]
    [InlineData("metabolite")]
    public void Fit_ZeroFeaturesAndEmptySpot_AreHandledAsStatedAndReported(string kind)
    {
        Modality modality = Modalities.Random(Options[kind].Kind, 50, 40, 2);
        double[] dense = Modalities.Dense(modality.Counts);
        for (int at = 0; at < dense.Length; at++)
        {
            if (at / 40 == 7 || at % 40 is 3 or 11)
                dense[at] = 0;
        }

        modality = modality with { Counts = Modalities.Sparse(50, 40, dense) };
        using var team = new ThreadTeam(1);
        using PreprocessedModality fit = Preprocessor.Fit(modality, Options[kind].Options, team, new RandomStream(5));
        fit.Features.Rows.ShouldBe(50);
        fit.Features.ToArray().ShouldAllBe(value => float.IsFinite(value));
        fit.Notes.ShouldContain(note => note.Contains("2 of 40 features are all zero") && note.Contains("f3, f11"));
        fit.Notes.ShouldContain(note => note.Contains("1 of 50 spots have no counts"));
        fit.DenoisedFeatureNames.ShouldNotContain("f3");
        if (kind is "atac" or "protein")
            fit.Features.Row(7).ToArray().ShouldAllBe(value => value == 0);
    }

    [Theory]
    [InlineData("rna", "--components to 5 or less")]
    [InlineData("atac", "--components to 5 or less")]
    [InlineData("metabolite", "--components to 5 or less")]
    [InlineData("protein", "--components to 5 or less")]
    public void Fit_RankBelowComponents_NamesModalityRankAndOption(string kind, string wayOut)
    {
        // Six different spots, ten times each: centring takes one rank, LSI's first component another.
        Modality few = Modalities.Random(Options[kind].Kind, 6, 40, 2);
        Modality many = Modalities.Reordered(few, [.. Enumerable.Range(0, 60).Select(i => i % 6)]);
        PreprocessingOptions options = Options[kind].Options with { Components = 8 };
        using var team = new ThreadTeam(1);
        BadInputException error = Should.Throw<BadInputException>(() => Preprocessor.Fit(many, options, team, new RandomStream(5)));
        error.Message.ShouldContain($"'{kind}'");
        error.Message.ShouldContain(kind == "atac" ? "rank 6" : "rank 5");
        error.Message.ShouldContain(wayOut);
    }

    [Theory]
    [InlineData("rna")]
    [InlineData("atac")]
    public void Fit_TooFewFeatures_IsRefused(string kind)
    {
        Modality modality = Modalities.Random(Options[kind].Kind, 50, 6, 2);
        using var team = new ThreadTeam(1);
        BadInputException error = Should.Throw<BadInputException>(
            () => Preprocessor.Fit(modality, PreprocessingOptions.For(modality.Kind), team, new RandomStream(5)));
        error.Message.ShouldContain("6 features");
        error.Message.ShouldContain("--components");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Fit_ValuesThatAreNoCounts_AreRefused(double value)
    {
        using var team = new ThreadTeam(1);
        Modality modality = Modalities.Of(ModalityKind.Protein, 2, 2, [1, 2, value, 3]);
        BadInputException error = Should.Throw<BadInputException>(
            () => Preprocessor.Fit(modality, new ProteinPreprocessingOptions(), team, new RandomStream(0)));
        error.Message.ShouldContain("'protein'");
        error.Message.ShouldContain("row 2");
    }

    [Fact]
    public void Transform_MissingFeature_IsRefused()
    {
        using var team = new ThreadTeam(1);
        Modality modality = Modalities.Random(ModalityKind.Protein, 20, 5, 1);
        using PreprocessedModality fit = Preprocessor.Fit(modality, new ProteinPreprocessingOptions(), team, new RandomStream(0));
        Modality other = modality with { FeatureNames = ["f0", "f1", "x", "f3", "f4"] };
        Should.Throw<BadInputException>(() => fit.Fitted.Transform(other, team)).Message.ShouldContain("'f2'");
    }

    [Fact]
    public void Load_DamagedBytes_GivesAnErrorAndNothingElse()
    {
        using var team = new ThreadTeam(1);
        foreach (string kind in Options.Keys)
        {
            using PreprocessedModality fit = Preprocessor.Fit(Modalities.Random(Options[kind].Kind, 40, 20, 1), Options[kind].Options, team, new RandomStream(0));
            byte[] stored = Saved(fit.Fitted);
            var random = new RandomStream(9);
            for (int trial = 0; trial < 300; trial++)
            {
                byte[] damaged = trial % 2 == 0 ? stored[..random.NextInt(stored.Length)] : [.. stored];
                if (trial % 2 == 1)
                    damaged[random.NextInt(stored.Length)] ^= (byte)(1 + random.NextInt(255));
                try
                {
                    // A flipped bit of a loading cannot be told from a loading: success is allowed there, other exceptions are not.
                    FittedPreprocessing.Load(new BinaryReader(new MemoryStream(damaged)));
                    (trial % 2).ShouldBe(1);
                }
                catch (BadInputException)
                {
                }
            }
        }
    }

    [Fact]
    public void Load_NewerFormat_IsRefusedByName()
    {
        using var team = new ThreadTeam(1);
        using PreprocessedModality fit = Preprocessor.Fit(Modalities.Random(ModalityKind.Protein, 20, 5, 1), PreprocessingOptions.None, team, new RandomStream(0));
        byte[] stored = Saved(fit.Fitted);
        stored[4] = 99;
        Should.Throw<BadInputException>(() => FittedPreprocessing.Load(new BinaryReader(new MemoryStream(stored)))).Message.ShouldContain("format 99");
    }

    private static byte[] Saved(FittedPreprocessing fitted)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        fitted.Save(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
