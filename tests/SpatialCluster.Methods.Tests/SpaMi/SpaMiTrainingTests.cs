using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.SpaMi;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Tests.SpaMi;

public sealed class SpaMiTrainingTests : IDisposable
{
    private static readonly SpaMiOptions s_options = new() { Epochs = 12, HiddenWidth = 48, EmbeddingWidth = 20 };

    private readonly ThreadTeam _team = new(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("spami").FullName;

    private string Checkpoint => Path.Combine(_folder, "run.checkpoint");

    [Fact]
    public void Run_OnStructuredFeatures_LowersTheLoss()
    {
        using SpaMiResult result = SpaMiTraining.Run(SmallSlice.Input(s_options with { Epochs = 60 }), _team, new TrainingControl());
        result.Losses.Epochs.ShouldBe(60);
        result.Losses.Last.ShouldBeLessThan(result.Losses.Total[0] * 0.9);
        result.Losses.Terms.ShouldBe(["contrastive/modality0", "reconstruction/modality0", "contrastive/modality1", "reconstruction/modality1", "cosine"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Run_StoppedAndResumed_GivesTheSameBytes(int stopAfter)
    {
        SpaMiInput input = SmallSlice.Input(s_options);
        using SpaMiResult whole = SpaMiTraining.Run(input, _team, new TrainingControl());
        using var stop = new CancellationTokenSource();
        var control = new TrainingControl
        {
            Checkpoint = new FileCheckpoint(Checkpoint),
            Cancellation = stop.Token,
            Progress = p =>
            {
                if (p.Epoch == stopAfter)
                    stop.Cancel();
            },
        };
        Should.Throw<OperationCanceledException>(() => SpaMiTraining.Run(input, _team, control));
        File.Exists(Checkpoint).ShouldBeTrue();

        var epochsRun = new List<int>();
        using SpaMiResult resumed = SpaMiTraining.Run(
            input, _team, new TrainingControl { Checkpoint = new FileCheckpoint(Checkpoint), Resume = true, Progress = p => epochsRun.Add(p.Epoch) });
        epochsRun[0].ShouldBe(stopAfter + 1);
        resumed.Embedding.ToArray().ShouldBe(whole.Embedding.ToArray());
        resumed.Losses.Total.ToArray().ShouldBe(whole.Losses.Total.ToArray());
    }

    [Fact]
    public void Run_ThatYields_DoesAnEpochEachTimeAndGivesTheSameBytes()
    {
        SpaMiInput input = SmallSlice.Input(s_options);
        using SpaMiResult whole = SpaMiTraining.Run(input, _team, new TrainingControl());
        var control = new TrainingControl { Checkpoint = new FileCheckpoint(Checkpoint), Resume = true, KeepsFinished = false, Yield = new CancellationToken(canceled: true) };
        for (int turn = 1; turn < s_options.Epochs; turn++)
            Should.Throw<OperationCanceledException>(() => SpaMiTraining.Run(input, _team, control)).Message.ShouldBe($"Stopped after epoch {turn} of {s_options.Epochs}.");
        using SpaMiResult last = SpaMiTraining.Run(input, _team, control);
        last.Embedding.ToArray().ShouldBe(whole.Embedding.ToArray());
        last.Losses.Total.ToArray().ShouldBe(whole.Losses.Total.ToArray());
    }

    [Fact]
    public void Run_ResumedWhenFinished_TrainsNoMoreAndGivesTheSameBytes()
    {
        SpaMiInput input = SmallSlice.Input(s_options);
        using SpaMiResult whole = SpaMiTraining.Run(input, _team, new TrainingControl { Checkpoint = new FileCheckpoint(Checkpoint), CheckpointInterval = TimeSpan.MaxValue });
        int epochsRun = 0;
        using SpaMiResult resumed = SpaMiTraining.Run(
            input, _team, new TrainingControl { Checkpoint = new FileCheckpoint(Checkpoint), Resume = true, Progress = _ => epochsRun++ });
        epochsRun.ShouldBe(0);
        resumed.Embedding.ToArray().ShouldBe(whole.Embedding.ToArray());
        resumed.Attention!.ToArray().ShouldBe(whole.Attention!.ToArray());
        resumed.Reconstructions[1].ToArray().ShouldBe(whole.Reconstructions[1].ToArray());
        resumed.Losses.Total.ToArray().ShouldBe(whole.Losses.Total.ToArray());
    }

    [Fact]
    public void Run_WithACheckpointEveryInstant_WritesOneForEachEpochBegun()
    {
        SpaMiInput input = SmallSlice.Input(s_options);
        int seen = 0;
        var control = new TrainingControl
        {
            Checkpoint = new FileCheckpoint(Checkpoint),
            CheckpointInterval = TimeSpan.Zero,
            Progress = _ => seen += File.Exists(Checkpoint) ? 1 : 0,
        };
        using SpaMiResult result = SpaMiTraining.Run(input, _team, control);
        seen.ShouldBe(s_options.Epochs);
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("option")]
    [InlineData("cut")]
    [InlineData("foreign")]
    public void Run_ResumingAForeignCheckpoint_Refuses(string difference)
    {
        SpaMiInput input = SmallSlice.Input(s_options);
        SpaMiTraining.Run(input, _team, new TrainingControl { Checkpoint = new FileCheckpoint(Checkpoint), CheckpointInterval = TimeSpan.Zero }).Dispose();
        switch (difference)
        {
            case "seed":
                input = input with { Seed = 8 };
                break;
            case "option":
                input = input with { Options = s_options with { LearningRate = 0.002 } };
                break;
            case "cut":
                File.WriteAllBytes(Checkpoint, File.ReadAllBytes(Checkpoint)[..^1000]);
                break;
            default:
                File.WriteAllText(Checkpoint, "something else that is long enough to be read");
                break;
        }

        Should.Throw<UnusableCheckpointException>(() => SpaMiTraining.Run(input, _team, new TrainingControl { Checkpoint = new FileCheckpoint(Checkpoint), Resume = true }))
            .Message.ShouldContain(Checkpoint);
    }

    [Fact]
    public void Apply_OfSavedWeights_GivesTheSameBytesAsTheTraining()
    {
        SpaMiInput input = SmallSlice.Input(s_options);
        using SpaMiResult trained = SpaMiTraining.Run(input, _team, new TrainingControl());
        using var stream = new MemoryStream();
        trained.Weights.Write(new BinaryWriter(stream));
        stream.Position = 0;
        using SpaMiResult applied = SpaMiTraining.Apply(input with { Seed = 1234 }, TrainedWeights.Read(new BinaryReader(stream)), _team);
        applied.Embedding.ToArray().ShouldBe(trained.Embedding.ToArray());
        applied.Attention!.ToArray().ShouldBe(trained.Attention!.ToArray());
    }

    [Fact]
    public void Apply_ToOtherModalities_SaysWhatDoesNotFit()
    {
        using SpaMiResult trained = SpaMiTraining.Run(SmallSlice.Input(s_options), _team, new TrainingControl());
        SpaMiInput other = SmallSlice.Input(s_options) with { Names = ["modality0", "protein"] };
        Should.Throw<BadInputException>(() => SpaMiTraining.Apply(other, trained.Weights, _team)).Message.ShouldContain("encoder.protein");
    }

    [Fact]
    public void Run_WithAnAbsurdLearningRate_SaysThatItDiverged()
    {
        SpaMiInput input = SmallSlice.Input(s_options with { LearningRate = 1e30, Epochs = 30 });
        SpatialClusterException error = Should.Throw<SpatialClusterException>(() => SpaMiTraining.Run(input, _team, new TrainingControl()));
        error.Message.ShouldContain("--learning-rate");
    }

    [Fact]
    public void ForecastBytes_GrowsWithSpots()
    {
        long small = SmallSlice.Input(s_options, 300).ForecastBytes(2), large = SmallSlice.Input(s_options, 3000).ForecastBytes(2);
        large.ShouldBeGreaterThan(4 * small);
    }

    public void Dispose()
    {
        _team.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
