using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.SpatialGlue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Tests.SpatialGlue;

/// <summary>The method as the catalogue gives it: runs, checkpoints, presets.</summary>
public sealed class SpatialGlueMethodTests : IDisposable
{
    private static readonly SpatialGlueOptions s_options = new() { Epochs = 12, EmbeddingWidth = 20 };

    private readonly ThreadTeam _team = new(2);
    private readonly MethodInput _input = SmallGlue.Input(300, [20, 27]);
    private readonly string _folder = Directory.CreateTempSubdirectory("spatialglue").FullName;

    private static IntegrationMethod Method => MethodCatalogue.Named("spatialglue");

    private FileCheckpoint Checkpoint => new(Path.Combine(_folder, "run.checkpoint"));

    [Fact]
    public void Run_OnStructuredFeatures_GivesUnitEmbeddingAttentionAndReconstructions()
    {
        using MethodResult result = Run(s_options);
        result.Losses!.Epochs.ShouldBe(12);
        result.Losses.Last.ShouldBeLessThan(result.Losses.Total[0]);
        result.Embedding!.Columns.ShouldBe(20);
        for (int spot = 0; spot < 300; spot++)
        {
            result.Embedding.Row(spot).ToArray().Sum(x => (double)x * x).ShouldBe(1, 1e-6);
            result.Attention!.Row(spot).ToArray().Sum(x => (double)x).ShouldBe(1, 1e-6);
        }

        result.Reconstructions.Select(r => r.Columns).ShouldBe([20, 27]);
        result.Weights!.Names.Count().ShouldBe(10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Run_StoppedAndResumed_GivesTheSameBytes(int stopAfter)
    {
        using MethodResult whole = Run(s_options);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Run(s_options, new TrainingControl
        {
            Checkpoint = Checkpoint,
            Cancellation = stop.Token,
            Progress = p =>
            {
                if (p.Epoch == stopAfter)
                    stop.Cancel();
            },
        }));

        var epochsRun = new List<int>();
        using MethodResult resumed = Run(s_options, new TrainingControl { Checkpoint = Checkpoint, Resume = true, Progress = p => epochsRun.Add(p.Epoch) });
        epochsRun[0].ShouldBe(stopAfter + 1);
        resumed.Embedding!.ToArray().ShouldBe(whole.Embedding!.ToArray());
        resumed.Attention!.ToArray().ShouldBe(whole.Attention!.ToArray());
        resumed.Reconstructions[1].ToArray().ShouldBe(whole.Reconstructions[1].ToArray());
        resumed.Losses!.Total.ToArray().ShouldBe(whole.Losses!.Total.ToArray());
    }

    [Fact]
    public void Run_ResumingUnderOtherOptions_Refuses()
    {
        Run(s_options, new TrainingControl { Checkpoint = Checkpoint }).Dispose();
        Should.Throw<UnusableCheckpointException>(() => Run(s_options with { FeatureNeighbours = 10 }, new TrainingControl { Checkpoint = Checkpoint, Resume = true }))
            .Message.ShouldContain(Checkpoint.Location);
    }

    [Theory]
    [InlineData(0, 0.0001, 20, "--epochs")]
    [InlineData(1, double.NaN, 20, "--learning-rate")]
    [InlineData(1, 0.0001, 0, "--feature-neighbors")]
    public void Run_WithOptionsOutOfRange_NamesTheOption(int epochs, double rate, int neighbours, string option) =>
        Should.Throw<BadInputException>(() => Run(new SpatialGlueOptions { Epochs = epochs, LearningRate = rate, FeatureNeighbours = neighbours }))
            .Message.ShouldContain(option);

    [Theory]
    [InlineData(ModalityKind.Protein, "SPOTS")]
    [InlineData(ModalityKind.Metabolite, "SPOTS")]
    [InlineData(ModalityKind.Atac, "Spatial-epigenome-transcriptome")]
    [InlineData(ModalityKind.Histone, "Spatial-epigenome-transcriptome")]
    public void DefaultPreset_BySecondModality_IsTheOriginalsDatatype(ModalityKind second, string name)
    {
        Method.DefaultPreset([ModalityKind.Rna, second]).Name.ShouldBe(name);
        Method.Presets.Select(p => p.Name).ShouldBe(["SPOTS", "Stereo-CITE-seq", "10x", "Spatial-epigenome-transcriptome"]);
        foreach (Preset preset in Method.Presets)
            preset.Options.Validate();
    }

    public void Dispose()
    {
        _team.Dispose();
        foreach (Matrix matrix in _input.Features)
            matrix.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private MethodResult Run(SpatialGlueOptions options, TrainingControl? control = null) =>
        Method.Run(_input, options, _team, control ?? new TrainingControl());
}
