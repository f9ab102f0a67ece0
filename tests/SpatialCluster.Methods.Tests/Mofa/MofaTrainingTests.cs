using System.Runtime.InteropServices;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Tests.Mofa;

public sealed class MofaTrainingTests : IDisposable
{
    private static readonly bool[][] s_present = [[true, true, true], [true, false, true], [false, true, true]];
    private static readonly MofaOptions s_options = new() { Factors = 6, Iterations = 40, SparsityStart = 5, DropFactorThreshold = 0.01 };

    private readonly ThreadTeam _team = new(2);
    private readonly PlantedSlice _planted = new(700, [150, 67, 9], s_present, seed: 5);
    private readonly MemoryCheckpoint _checkpoint = new();

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameBytes()
    {
        byte[][] results = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using var team = new ThreadTeam(threads);
            return Bytes(MofaTraining.Run(_planted.Input(), s_options, team, new TrainingControl()));
        })];
        results[1].ShouldBe(results[0]);
        results[2].ShouldBe(results[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    public void Run_StoppedAndResumed_GivesTheSameBytes(int stopAfter)
    {
        byte[] whole = Bytes(Run(new TrainingControl()));
        using var stop = new CancellationTokenSource();
        var control = new TrainingControl
        {
            Checkpoint = _checkpoint,
            Cancellation = stop.Token,
            Progress = p =>
            {
                if (p.Epoch == stopAfter)
                    stop.Cancel();
            },
        };
        Should.Throw<OperationCanceledException>(() => Run(control));
        int first = 0;
        byte[] resumed = Bytes(Run(new TrainingControl { Checkpoint = _checkpoint, Resume = true, Progress = p => first = first == 0 ? p.Epoch : first }));
        first.ShouldBe(stopAfter + 1);
        resumed.ShouldBe(whole);
    }

    [Fact]
    public void Run_ThatYields_DoesAnIterationEachTimeAndGivesTheSameBytes()
    {
        byte[] whole = Bytes(Run(new TrainingControl()));
        int iterations = 0, turns = 1;
        var control = new TrainingControl
        {
            Checkpoint = _checkpoint,
            Resume = true,
            KeepsFinished = false,
            Yield = new CancellationToken(canceled: true),
            Progress = _ => iterations++,
        };
        while (true)
        {
            try
            {
                Bytes(Run(control)).ShouldBe(whole);
                break;
            }
            catch (OperationCanceledException)
            {
                iterations.ShouldBe(turns++);
            }
        }

        turns.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Run_ResumedWhenFinished_TrainsNoMoreAndGivesTheSameBytes()
    {
        byte[] whole = Bytes(Run(new TrainingControl { Checkpoint = _checkpoint, CheckpointInterval = TimeSpan.MaxValue }));
        _checkpoint.Saved.ShouldBe(1);
        int iterations = 0;
        Bytes(Run(new TrainingControl { Checkpoint = _checkpoint, Resume = true, Progress = _ => iterations++ })).ShouldBe(whole);
        iterations.ShouldBe(0);
    }

    [Fact]
    public void Run_WithACheckpointEveryInstant_WritesOneBeforeEachIterationAndOneAtTheEnd()
    {
        using MofaResult result = Run(new TrainingControl { Checkpoint = _checkpoint, CheckpointInterval = TimeSpan.Zero });
        _checkpoint.Saved.ShouldBe(result.Losses.Epochs + 1);
    }

    [Theory]
    [InlineData("seed", "other input, options or seed")]
    [InlineData("option", "other input, options or seed")]
    [InlineData("input", "other input, options or seed")]
    [InlineData("cut", "is damaged")]
    [InlineData("foreign", "no checkpoint of MOFA+")]
    public void Run_ResumingAForeignCheckpoint_Refuses(string difference, string message)
    {
        Run(new TrainingControl { Checkpoint = _checkpoint }).Dispose();
        MethodInput input = _planted.Input(difference == "seed" ? 8UL : 0);
        MofaOptions options = difference == "option" ? s_options with { ScaleViews = true } : s_options;
        if (difference == "input")
            _planted.Features[2][3, 3] += 1;
        if (difference == "cut")
            _checkpoint.Bytes = _checkpoint.Bytes![..^1000];
        if (difference == "foreign")
            _checkpoint.Bytes = new byte[400];
        Should.Throw<UnusableCheckpointException>(() => MofaTraining.Run(input, options, _team, new TrainingControl { Checkpoint = _checkpoint, Resume = true })).Message.ShouldContain(message);
    }

    [Fact]
    public void Run_ThroughTheCatalogue_GivesAnEmbeddingAndSaysWhatItExplains()
    {
        IntegrationMethod method = MethodCatalogue.Named("mofa");
        using MethodResult result = method.Run(_planted.Input(), s_options, _team, new TrainingControl());
        result.Embedding!.Rows.ShouldBe(700);
        result.Embedding.Columns.ShouldBe(3);
        result.Attention.ShouldBeNull();
        result.Notes[0].ShouldStartWith("MOFA+ was stopped after 40 iterations");
        result.Notes[0].ShouldEndWith("with 3 of 6 factors.");
        result.Notes.Count.ShouldBe(5);
        result.Notes[2].ShouldStartWith("Factor 1 explains view0 ");
        foreach (Preset preset in method.Presets)
            preset.Options.Validate();
    }

    public void Dispose()
    {
        _planted.Dispose();
        _team.Dispose();
    }

    private MofaResult Run(TrainingControl control) => MofaTraining.Run(_planted.Input(), s_options, _team, control);

    private static byte[] Bytes(MofaResult result)
    {
        using (result)
        {
            return
            [
                .. MemoryMarshal.AsBytes<float>(result.Factors.ToArray()),
                .. result.Loadings.SelectMany(l => MemoryMarshal.AsBytes<float>(l.ToArray()).ToArray()),
                .. MemoryMarshal.AsBytes(result.Losses.Total),
                .. MemoryMarshal.AsBytes<double>(result.VarianceExplained.SelectMany(v => v).ToArray()),
                (byte)(result.Converged ? 1 : 0),
            ];
        }
    }

    private sealed class MemoryCheckpoint : ITrainingCheckpoint
    {
        public byte[]? Bytes { get; set; }

        public int Saved { get; private set; }

        public string Location => "the test's memory";

        public Stream? Open() => Bytes is null ? null : new MemoryStream(Bytes);

        public void Save(Action<Stream> write)
        {
            using var stream = new MemoryStream();
            write(stream);
            Bytes = stream.ToArray();
            Saved++;
        }
    }
}
