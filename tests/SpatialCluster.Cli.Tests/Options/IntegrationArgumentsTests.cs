using SpatialCluster.Cli.Commands;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Cli.Tests.Options;

public sealed class IntegrationArgumentsTests
{
    [Fact]
    public void Read_NoMore_IsTheDefaultPreset()
    {
        IntegrationRequest request = Read();
        request.Options.Preset.ShouldBe("paper/simulated");
        var options = (SpaMiOptions)request.Options.Parameters;
        options.ShouldBe(new SpaMiOptions { ContrastiveWeights = options.ContrastiveWeights, ReconstructionWeights = options.ReconstructionWeights });
        request.Options.Preprocessing[0].ShouldBe(new RnaPreprocessingOptions { MinSpots = 3, HighlyVariableGenes = 1800, Components = 50, FewerComponents = true });
        request.Options.Preprocessing[1].ShouldBe(new ProteinPreprocessingOptions { FewerComponents = true });
        request.Options.Domains.Domains.ShouldBeNull();
        request.Slice.Modalities[1].Kind.ShouldBe(ModalityKind.Protein);
        request.CheckpointPath.ShouldBe("o.h5ad.checkpoint");
    }

    [Fact]
    public void Read_EveryHyperParameter_OverridesThePreset()
    {
        var options = (SpaMiOptions)Read(
            "--preset", "paper/mouse-thymus", "--epochs", "7", "--learning-rate", "1e-2", "--weight-decay", "0.5", "--neighbors", "4", "--hidden-width", "32", "--embedding-width", "9",
            "--dropout", "0.25", "--contrastive-weights", "2,3", "--reconstruction-weights", "4", "--cosine-weight", "6", "--no-cosine", "--no-contrastive", "--fusion", "concatenation").Options.Parameters;
        (options.Epochs, options.LearningRate, options.WeightDecay, options.Neighbours, options.HiddenWidth, options.EmbeddingWidth).ShouldBe((7, 0.01, 0.5, 4, 32, 9));
        (options.Dropout, options.CosineWeight, options.Cosine, options.Contrastive, options.Fusion).ShouldBe((0.25, 6.0, false, false, Fusion.Concatenation));
        options.ContrastiveWeights.ShouldBe([2, 3]);
        options.ReconstructionWeights.ShouldBe([4]);
    }

    [Fact]
    public void Read_PresetAlone_KeepsItsNumbers()
    {
        IntegrationRequest request = Read("--preset", "paper/mouse-thymus");
        ((SpaMiOptions)request.Options.Parameters).Epochs.ShouldBe(600);
        request.Options.Domains.Resolution.ShouldBe(0.55);
        ((ProteinPreprocessingOptions)request.Options.Preprocessing[1]).MinSpots.ShouldBe(50);
    }

    [Fact]
    public void Read_ComponentsForAll_AreAnOrderForThoseThatAreReduced()
    {
        IntegrationRequest request = Read("--components", "30");
        (request.Options.Preprocessing[0].Components, request.Options.Preprocessing[0].FewerComponents).ShouldBe((30, false));
        request.Options.Preprocessing[1].Components.ShouldBeNull();
        Read("--components", "protein=10").Options.Preprocessing[1].Components.ShouldBe(10);
    }

    [Fact]
    public void Read_PreprocessingByName_ReachesThatModality()
    {
        IntegrationRequest request = Read("--hvg", "rna=500", "--min-spots", "5", "--min-spots", "protein=7");
        var rna = (RnaPreprocessingOptions)request.Options.Preprocessing[0];
        (rna.HighlyVariableGenes, rna.MinSpots).ShouldBe((500, 5));
        ((ProteinPreprocessingOptions)request.Options.Preprocessing[1]).MinSpots.ShouldBe(7);
    }

    [Fact]
    public void Read_Metabolite_TakesItsSwitches()
    {
        IntegrationRequest request = Parse(
            "--modality", "msi=a.csv", "--total-ion-count", "off", "--log", "off", "--scale", "on", "--clip", "none", "--components", "none", "--target-total", "median", "--out", "o.h5ad");
        request.Options.Preprocessing[0].ShouldBe(new MetabolitePreprocessingOptions { TotalIonCount = false, LogTransform = false, Clip = null, Components = null, FewerComponents = true });
    }

    [Fact]
    public void Read_RecipeAndPreprocessed_ChangeTheKind()
    {
        IntegrationRequest request = Read("--recipe", "protein=rna", "--preprocessed", "rna");
        request.Options.Preprocessing[0].ShouldBe(PreprocessingOptions.None);
        request.Options.Preprocessing[1].ShouldBeOfType<RnaPreprocessingOptions>();
    }

    [Fact]
    public void Read_InputOptions_ReachTheRequest()
    {
        IntegrationRequest request = Read(
            "--layer", "rna=counts", "--part", "protein=adt", "--features-in-rows", "protein", "--coordinates", "xy.csv:a,b", "--truth", "obs:x", "--allow-unmatched", "--keep-off-tissue");
        request.Slice.Modalities[0].Options.ShouldBe(new ReadOptions { Layer = "counts" });
        request.Slice.Modalities[1].Options.ShouldBe(new ReadOptions { Part = "adt", FeaturesInRows = true });
        (request.Slice.Coordinates!.Path, request.Slice.Truth!.Column, request.Slice.AllowUnmatched, request.Slice.KeepOffTissue).ShouldBe(("xy.csv", "x", true, true));
    }

    [Fact]
    public void Read_RunOptions_ReachTheRun()
    {
        IntegrationRequest request = Read("--threads", "3", "--memory-limit", "2GB", "--checkpoint-interval", "5", "--resume", "--untrusted", "--denoise", "--seed", "18446744073709551615", "--domains", "6");
        request.Run.ShouldBe(new Cli.Options.RunSettings { Threads = 3, MemoryLimit = 2L << 30, CheckpointInterval = TimeSpan.FromSeconds(5), Resume = true, Untrusted = true });
        (request.Denoise, request.Options.Seed, request.Options.Domains.Domains).ShouldBe((true, ulong.MaxValue, 6));
    }

    [Theory]
    [InlineData("--preset", "paper/none", "paper/mouse-thymus")]
    [InlineData("--method", "magic", "spami")]
    [InlineData("--epochs", "0", "--epochs")]
    [InlineData("--dropout", "1", "--dropout")]
    [InlineData("--fusion", "sum", "--fusion: fusion is 'sum'; it must be one of attention, concatenation")]
    [InlineData("--contrastive-weights", "1,x", "--contrastive-weights")]
    [InlineData("--components", "atac=3", "there is no modality 'atac'")]
    [InlineData("--hvg", "protein=3", "CLR")]
    [InlineData("--clip", "3", "concerns none")]
    [InlineData("--layer", "x=counts", "there is rna, protein")]
    [InlineData("--preprocessed", "x", "--preprocessed")]
    [InlineData("--memory-limit", "much", "4GB")]
    [InlineData("--threads", "0", "--threads")]
    [InlineData("--domains", "0", "--domains")]
    [InlineData("--resolution", "-1", "--resolution")]
    [InlineData("--cluster-neighbors", "1", "--cluster-neighbors")]
    public void Read_Nonsense_IsRefusedWithTheWayOut(string option, string value, string hint) =>
        Should.Throw<BadInputException>(() => Read(option, value)).Message.ShouldContain(hint);

    [Fact]
    public void Read_UnknownKind_AsksForIt() =>
        Should.Throw<BadInputException>(() => Parse("--modality", "thing=a.csv", "--out", "o.h5ad")).Message.ShouldContain("--kind thing=rna");

    private static IntegrationRequest Read(params string[] more) => Parse([.. new[] { "--modality", "rna=a.h5ad", "--modality", "protein=b.h5ad", "--out", "o.h5ad" }, .. more]);

    private static IntegrationRequest Parse(params string[] arguments)
    {
        var root = Application.Build(new CommandContext { Output = TextWriter.Null, Error = TextWriter.Null });
        var result = root.Parse([.. new[] { "integrate" }, .. arguments]);
        result.Errors.ShouldBeEmpty();
        return root.Subcommands.OfType<IntegrateCommand>().Single().Read(result);
    }
}
