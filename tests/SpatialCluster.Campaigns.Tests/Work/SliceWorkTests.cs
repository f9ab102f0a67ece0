using System.Text;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;
using SpatialCluster.Simulation;

namespace SpatialCluster.Campaigns.Tests.Work;

public sealed class SliceWorkTests : IDisposable
{
    private const string Rna = "spot,g1,g2,g3\na,1,0,3\nb,0,2,0\nc,4,4,1\nd,1,2,3\n";
    private const string Protein = "spot,p1,p2\na,5,1\nb,0,7\nc,2,2\nd,1,1\n";
    private const string Places = "spot,x,y\na,0.1,0\nb,1e-300,0.30000000000000004\nc,0,1\nd,123456789.123,1\n";
    private const string Labels = "spot,layer\na,II\nb,I\nc,\nd,II\n";

    private readonly MemoryGrainContext _context = new();

    [Fact]
    public void Run_ASimulation_StoresWhatTheSimulatorDraws()
    {
        SliceSpec spec = Specs.Slice();
        GrainResult result = _context.Run(spec);
        Slice drawn = SliceSimulator.Simulate(spec.Simulation!.Options);
        StoredSlice stored = Load(result);

        stored.Slice.Name.ShouldBe(drawn.Name);
        stored.Slice.SpotNames.ShouldBe(drawn.SpotNames);
        stored.Slice.Coordinates.X.ShouldBe(drawn.Coordinates.X);
        stored.Slice.Coordinates.Y.ShouldBe(drawn.Coordinates.Y);
        stored.Truth!.Name.ShouldBe("domain");
        stored.Truth.Codes.ShouldBe(drawn.Annotations[0].Codes);
        stored.Truth.Categories.ShouldBe(drawn.Annotations[0].Categories);
        stored.Slice.Modalities.Select(m => (m.Name, m.Kind)).ShouldBe([("rna", ModalityKind.Rna), ("protein", ModalityKind.Protein)]);
        for (int m = 0; m < 2; m++)
        {
            stored.Slice.Modalities[m].FeatureNames.ShouldBe(drawn.Modalities[m].FeatureNames);
            ShouldBeSame(stored.Slice.Modalities[m].Counts, drawn.Modalities[m].Counts);
        }

        ((int)result.Values["spots"]!).ShouldBe(144);
        ((int)result.Values["truth"]!["domains"]!).ShouldBe(5);
        ((long)result.Values["modalities"]![1]!["nonzeros"]!).ShouldBe(drawn.Modalities[1].Counts.NonZeros);
    }

    [Fact]
    public void Run_Files_ReadsThemWithTruthAndPlaces()
    {
        GrainResult result = _context.Run(Files());
        StoredSlice stored = Load(result);
        stored.Slice.SpotNames.ShouldBe(["a", "b", "c", "d"]);
        stored.Slice.Coordinates.X.ShouldBe([0.1, 1e-300, 0, 123456789.123]);
        stored.Slice.Coordinates.Y.ShouldBe([0, 0.30000000000000004, 1, 1]);
        stored.Truth!.Codes.Select(c => c < 0 ? null : stored.Truth.Categories[c]).ShouldBe(["II", "I", null, "II"]);
        stored.Slice.Modalities[1].Counts.Values.ShouldBe([5, 1, 7, 2, 2, 1, 1]);
        ((int)result.Values["truth"]!["labelled"]!).ShouldBe(3);
        string notes = result.Values["notes"]!.ToJsonString();
        notes.ShouldContain("xy.csv");
        notes.ShouldNotContain(_context.ScratchFolder);

        StoredPlaces places = StoredPlaces.Load(result, _context.Open);
        places.Domains.ShouldBe(2);
        places.Truth!.Codes.ShouldBe(stored.Truth.Codes);
        places.Coordinates.X.ShouldBe(stored.Slice.Coordinates.X);
    }

    [Fact]
    public void Run_FilesInAFolder_ReadsTheFolder()
    {
        const string Matrix = "%%MatrixMarket matrix coordinate integer general\n3 2 3\n1 1 5\n2 1 1\n3 2 9\n";
        SliceSpec spec = Files();
        spec = spec with
        {
            Files = spec.Files! with
            {
                Modalities = [new ModalityFile { Name = "rna", File = "counts" }],
                Coordinates = "names",
                Truth = null,
                Files = [File("counts/matrix.mtx", Matrix), File("counts/barcodes.tsv", "1x1\n1x2\n"), File("counts/features.tsv", "g1\ng2\ng3\n")],
            },
        };
        StoredSlice stored = Load(_context.Run(spec));
        stored.Truth.ShouldBeNull();
        stored.Slice.Modalities[0].Counts.Values.ShouldBe([5, 1, 9]);
    }

    [Theory]
    [InlineData("../escape.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("a\\b")]
    [InlineData(".hidden")]
    [InlineData("")]
    public void Run_AFileNameThatLeadsOut_IsRefused(string name)
    {
        SliceSpec spec = Files();
        spec = spec with { Files = spec.Files! with { Files = [.. spec.Files.Files, File(name, Rna)] } };
        Should.Throw<BadInputException>(() => _context.Run(spec)).Message.ShouldContain("cannot be part of the file name");
    }

    [Theory]
    [InlineData("coordinates", "../../etc/passwd:x,y")]
    [InlineData("coordinates", "/etc/passwd")]
    [InlineData("truth", "other.csv:layer")]
    [InlineData("modality", "other.csv")]
    public void Run_AFileThatIsNotAmongTheSources_IsRefused(string where, string name)
    {
        SliceSpec spec = Files();
        spec = spec with
        {
            Files = where switch
            {
                "coordinates" => spec.Files! with { Coordinates = name },
                "truth" => spec.Files! with { Truth = name },
                _ => spec.Files! with { Modalities = [new ModalityFile { Name = "rna", File = name }] },
            },
        };
        Should.Throw<BadInputException>(() => _context.Run(spec)).Message
            .ShouldBe($"'{name}' is none of the slice's files; there is rna.csv, protein.csv, xy.csv, labels.csv.");
    }

    [Fact]
    public void Run_AFileThatIsWrong_IsNamedByItsOwnName()
    {
        SliceSpec spec = Files();
        spec = spec with { Files = spec.Files! with { Files = [File("rna.csv", "spot,g1\na,x\n"), .. spec.Files.Files.Skip(1)] } };
        string message = Should.Throw<BadInputException>(() => _context.Run(spec)).Message;
        message.ShouldContain("rna.csv");
        message.ShouldNotContain(_context.ScratchFolder);
    }

    [Fact]
    public void Run_PerturbationsInOrder_ChangeTheNamedModalitiesOnly()
    {
        var dropout = new Perturbation(Perturbation.Dropout, 0.5, ["rna"], 1);
        StoredSlice plain = Load(_context.Run(Specs.Slice()));
        StoredSlice once = Load(_context.Run(Specs.Slice(dropout)));
        StoredSlice twice = Load(_context.Run(Specs.Slice(dropout, dropout)));
        ShouldBeSame(once.Slice.Modalities[1].Counts, plain.Slice.Modalities[1].Counts);
        double[] left = [.. new[] { plain, once, twice }.Select(s => (double)s.Slice.Modalities[0].Counts.NonZeros)];

        // Were both dropouts the same draw, the second would lose nothing.
        (left[1] / left[0]).ShouldBe(0.5, 5 * Math.Sqrt(0.25 / left[0]));
        (left[2] / left[1]).ShouldBe(0.5, 5 * Math.Sqrt(0.25 / left[1]));
    }

    [Fact]
    public void Run_APerturbationOfAnUnknownKindOrModality_IsRefused()
    {
        Should.Throw<BadInputException>(() => _context.Run(Specs.Slice(new Perturbation("dropuot", 0.5, [], 1)))).Message.ShouldContain("did you mean 'dropout'?");
        Should.Throw<BadInputException>(() => _context.Run(Specs.Slice(new Perturbation("dropout", 0.5, ["rnna"], 1)))).Message.ShouldContain("did you mean 'rna'?");
    }

    [Fact]
    public void Run_BothOrNeitherSource_IsRefused()
    {
        Should.Throw<BadInputException>(() => _context.Run(new SliceSpec())).Message.ShouldContain("either simulated or loaded");
        Should.Throw<BadInputException>(() => _context.Run(Files() with { Simulation = Specs.Slice().Simulation }));
    }

    [Fact]
    public void Run_OneTwoThreeThreads_GivesTheSameResult()
    {
        Perturbation[] all = [new("dropout", 0.1, [], 1), new("depth", 0.8, [], 1), new("noise", 0.2, [], 1)];
        string[] results = [.. Enumerable.Range(1, 3).Select(threads =>
        {
            using var context = new MemoryGrainContext(threads);
            return Encoding.UTF8.GetString(context.Run(Specs.Slice(all)).ToJson());
        })];
        results.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Run_CancelledBeforeAStage_Stops()
    {
        using var stop = new CancellationTokenSource();
        _context.Stop = stop.Token;
        _context.AtStage = stage =>
        {
            if (stage == "simulate")
                stop.Cancel();
        };
        Should.Throw<OperationCanceledException>(() => _context.Run(Specs.Slice(new Perturbation("dropout", 0.5, [], 1))));
        _context.Stages.ShouldBe(["simulate"]);
    }

    public void Dispose() => _context.Dispose();

    private SliceSpec Files() => new()
    {
        Files = new FileSource
        {
            Modalities = [new ModalityFile { Name = "rna", File = "rna.csv" }, new ModalityFile { Name = "markers", Measures = "protein", File = "protein.csv" }],
            Coordinates = "xy.csv:spot,x,y",
            Truth = "labels.csv:layer",
            Files = [File("rna.csv", Rna), File("protein.csv", Protein), File("xy.csv", Places), File("labels.csv", Labels)],
        },
    };

    private InputFile File(string name, string text) => new(name, _context.Blob(Encoding.UTF8.GetBytes(text)), text.Length);

    private StoredSlice Load(GrainResult result) => StoredSlice.Load(result, _context.Open, _context.CopyToFile, _context.ScratchFolder);

    private static void ShouldBeSame(CsrMatrix one, CsrMatrix other)
    {
        one.RowPointers.ShouldBe(other.RowPointers);
        one.ColumnIndices.ShouldBe(other.ColumnIndices);
        one.Values.ShouldBe(other.Values);
    }
}
