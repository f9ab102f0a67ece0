using System.Text;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Data.Npy;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.SpaMi;
using SpatialCluster.Methods.Training;
using SpatialCluster.Simulation;

namespace SpatialCluster.Campaigns.Tests.Work;

public sealed class RunWorkTests : IDisposable
{
    private static readonly SliceSpec s_slice = Specs.Slice();

    private readonly MemoryGrainContext _context = new();

    public RunWorkTests()
    {
        _context.Run(s_slice);
        _context.Run(Specs.Modality(s_slice.Key, "rna"));
        _context.Run(Specs.Modality(s_slice.Key, "protein"));
    }

    [Fact]
    public void Run_AModality_StoresTheFeaturesThatThePreprocessorGives()
    {
        ModalitySpec spec = Specs.Modality(s_slice.Key, "rna");
        GrainResult result = _context.Input(spec.Key);
        Modality counts = SliceSimulator.Simulate(s_slice.Simulation!.Options).Modalities[0];
        using PreprocessedModality expected = Preprocessor.Fit(counts, spec.Preprocessing, _context.Team, new RandomStream(0));
        byte[] bytes = _context.Bytes(result, "features.npy");
        (int rows, int columns, float[] values) = NpyReader.ReadTable<float>(new MemoryStream(bytes), bytes.Length, "features.npy");
        (rows, columns).ShouldBe((144, 10));
        values.ShouldBe(expected.Features.ToArray());
        ((string)result.Values["recipe"]!).ShouldBe("rna");
        ((int)result.Values["width"]!).ShouldBe(10);
    }

    [Fact]
    public void Run_AModalityThatTheSliceLacks_IsRefused() =>
        Should.Throw<BadInputException>(() => _context.Run(Specs.Modality(s_slice.Key, "rnaa"))).Message
            .ShouldBe("The slice has no modality 'rnaa'; did you mean 'rna'?");

    [Fact]
    public void Run_ATraining_StoresWhatTheMethodGives()
    {
        TrainingRunSpec spec = Specs.Run(s_slice);
        GrainResult result = _context.Run(spec);
        using MethodResult expected = Direct(spec);
        using MethodResult stored = StoredRun.Load(result, _context.Open);
        stored.Embedding!.ToArray().ShouldBe(expected.Embedding!.ToArray());
        stored.Attention!.ToArray().ShouldBe(expected.Attention!.ToArray());
        stored.Graph.ShouldBeNull();
        byte[] bytes = _context.Bytes(result, "losses.npy");
        (int epochs, int width, double[] losses) = NpyReader.ReadTable<double>(new MemoryStream(bytes), bytes.Length, "losses.npy");
        (epochs, width).ShouldBe((20, 1 + expected.Losses!.Terms.Count));
        losses.Chunk(width).Select(row => row[0]).ShouldBe(expected.Losses.Total.ToArray());
        losses.Chunk(width).Select(row => row[2]).ShouldBe(expected.Losses.Term(1).ToArray());
        ((double)result.Values["final-loss"]!).ShouldBe(expected.Losses.Last);
        ((int)result.Values["epochs"]!).ShouldBe(20);
        result.Values["terms"]!.AsArray().Select(t => (string)t!).ShouldBe(expected.Losses.Terms);
    }

    [Fact]
    public void Run_ATrainingStoppedAndResumed_GivesTheSameResult()
    {
        TrainingRunSpec spec = Specs.Run(s_slice);
        byte[] whole = _context.Run(spec).ToJson();
        _context.Forget(spec.Key);
        using var stop = new CancellationTokenSource();
        var place = new MemoryCheckpoint();
        _context.Stop = stop.Token;
        _context.Control = new TrainingControl
        {
            Checkpoint = place,
            Resume = true,
            Progress = p =>
            {
                if (p.Epoch == 7)
                    stop.Cancel();
            },
        };
        Should.Throw<OperationCanceledException>(() => _context.Run(spec));
        var epochs = new List<int>();
        _context.Stop = default;
        _context.Control = new TrainingControl { Checkpoint = place, Resume = true, Progress = p => epochs.Add(p.Epoch) };
        _context.Run(spec).ToJson().ShouldBe(whole);
        epochs[0].ShouldBe(8);
    }

    [Fact]
    public void Run_AMethodWithAJointGraph_IsReadBackAsItWasStored()
    {
        using MethodResult joint = SmallRuns.Joint(_context.Team);
        var outputs = StoredRun.Put(joint, _context);
        var result = new GrainResult { Key = new GrainKey("training-run", _context.Blob([1])), Outputs = outputs, Values = new() { ["notes"] = new System.Text.Json.Nodes.JsonArray() } };
        using MethodResult stored = StoredRun.Load(result, _context.Open);
        stored.Embedding.ShouldBeNull();
        stored.Neighbours!.Indices.ShouldBe(joint.Neighbours!.Indices);
        stored.Neighbours.Distances.ShouldBe(joint.Neighbours.Distances);
        stored.Graph!.RowPointers.ShouldBe(joint.Graph!.RowPointers);
        stored.Graph.ColumnIndices.ShouldBe(joint.Graph.ColumnIndices);
        stored.Graph.Values.ShouldBe(joint.Graph.Values);
    }

    [Fact]
    public void Run_ATrainingTooLargeForTheMachine_IsRefusedWithTheFigures()
    {
        var huge = (SpaMiOptions)MethodCatalogue.SpaMi.Presets[0].Options with { HiddenWidth = 65_536, EmbeddingWidth = 65_536 };
        string message = Should.Throw<BadInputException>(() => _context.Run(Specs.Run(s_slice) with { Options = huge })).Message;
        message.ShouldStartWith("SpaMI on 144 spots will take");
        message.ShouldNotContain("--");
    }

    [Fact]
    public void Run_ModalitiesOfAnotherSlice_AreRefused()
    {
        SliceSpec larger = s_slice with { Simulation = new SimulationSource(s_slice.Simulation!.Options with { Columns = 18 }) };
        _context.Run(larger);
        Should.Throw<BadInputException>(() => _context.Run(Specs.Run(s_slice) with { Slice = larger.Key })).Message
            .ShouldContain("has 144 spots and the slice 216");
    }

    [Fact]
    public void Run_EveryMethodAtOneTwoThreeThreads_GivesTheSameResult()
    {
        foreach (IntegrationMethod method in MethodCatalogue.All)
        {
            string[] results = [.. Enumerable.Range(1, 3).Select(threads =>
            {
                using var context = new MemoryGrainContext(threads);
                context.Run(s_slice);
                context.Run(Specs.Modality(s_slice.Key, "rna"));
                context.Run(Specs.Modality(s_slice.Key, "protein"));
                TrainingRunSpec run = Specs.Run(s_slice, method, epochs: 3);
                context.Run(run);
                return Encoding.UTF8.GetString(context.Input(run.Key).ToJson())
                    + Encoding.UTF8.GetString(context.Run(Specs.Evaluation(run.Key, s_slice.Key, umap: true)).ToJson());
            })];
            results.Distinct().ShouldHaveSingleItem(method.Name);
        }
    }

    public void Dispose() => _context.Dispose();

    private MethodResult Direct(TrainingRunSpec spec)
    {
        Matrix[] features = [.. spec.Modalities.Select(m => new StoredArrays(_context.Input(m.Key), _context.Open).Matrix("features.npy"))];
        Slice slice = SliceSimulator.Simulate(s_slice.Simulation!.Options);
        MethodResult result = spec.Method.Run(
            new MethodInput
            {
                Names = ["rna", "protein"],
                Kinds = [ModalityKind.Rna, ModalityKind.Protein],
                Features = features,
                Coordinates = slice.Coordinates,
                Seed = spec.Seed,
            },
            spec.Options,
            _context.Team,
            new TrainingControl());
        foreach (Matrix matrix in features)
            matrix.Dispose();
        return result;
    }

    private sealed class MemoryCheckpoint : ITrainingCheckpoint
    {
        private byte[]? _bytes;

        public string Location => "memory";

        public Stream? Open() => _bytes is null ? null : new MemoryStream(_bytes);

        public void Save(Action<Stream> write)
        {
            using var stream = new MemoryStream();
            write(stream);
            _bytes = stream.ToArray();
        }
    }
}
