using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Npy;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Tests.Work;

/// <summary>
/// Results are kept by their specs and by the version of the code: whoever changes what a grain makes must raise its version, or old
/// results would stand for new ones. Every kind but the slice works on inputs written down here, so that a change in one moves only
/// its own digest.
/// </summary>
public sealed class GrainVersionGoldenTests : IDisposable
{
    private readonly MemoryGrainContext _context = new();

    public static TheoryData<string> Methods => [.. MethodCatalogue.All.Select(m => m.Name)];

    [Fact]
    public void Slice_Simulated_HasTheRecordedContent()
    {
        SliceSpec spec = Specs.Slice(new("dropout", 0.1, ["rna"], 1), new("depth", 0.8, [], 2), new("noise", 0.2, ["protein"], 3));
        GoldenVersions.ShouldHold("slice/simulated", GrainVersions.Slice, Content(_context.Run(spec)));
    }

    [Fact]
    public void Slice_Loaded_HasTheRecordedContent()
    {
        string table = "spot,g1,g2,g3\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"s{i},{i % 4},{i * 7 % 5},{i % 3}\n"));
        string places = "spot,x,y,layer\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"s{19 - i},{i % 5}.5,{i / 5},{(i % 2 == 0 ? "a" : "b")}\n"));
        var spec = new SliceSpec
        {
            Files = new FileSource
            {
                Modalities = [new ModalityFile { Name = "rna", File = "counts.csv" }],
                Coordinates = "places.csv:spot,x,y",
                Truth = "places.csv:spot,layer",
                Files = [File("counts.csv", table), File("places.csv", places)],
            },
        };
        GoldenVersions.ShouldHold("slice/loaded", GrainVersions.Slice, Content(_context.Run(spec)));
    }

    [Theory]
    [InlineData("rna")]
    [InlineData("protein")]
    [InlineData("atac")]
    [InlineData("metabolite")]
    public void Modality_EachRecipe_GivesTheRecordedResult(string recipe)
    {
        var spec = new ModalitySpec
        {
            Slice = SmallRuns.Store(_context),
            Modality = recipe,
            Preprocessing = PreprocessingRecipe.Named(recipe) with { Components = 5 },
        };
        GoldenVersions.ShouldHold($"modality/{recipe}", GrainVersions.Modality, Result(_context.Run(spec)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_Each_GivesTheRecordedResult(string name)
    {
        IntegrationMethod method = MethodCatalogue.Named(name);
        var spec = new TrainingRunSpec
        {
            Method = method,
            Options = Specs.Short(method.Presets[0].Options, 3),
            Seed = 5,
            Slice = SmallRuns.Store(_context),
            Modalities = [("rna", Features("rna", 16)), ("protein", Features("protein", 10))],
        };

        // A run's key holds both versions, and raising either will do.
        GoldenVersions.ShouldHold($"method/{name}", (100 * GrainVersions.TrainingRun) + method.Version, Result(_context.Run(spec)));
    }

    [Theory]
    [InlineData(Clusterer.Leiden)]
    [InlineData(Clusterer.KMeans)]
    [InlineData(Clusterer.Gmm)]
    public void Evaluation_EachClusterer_GivesTheRecordedResult(Clusterer clusterer)
    {
        GrainKey slice = SmallRuns.Store(_context);
        GrainKey run = SmallRuns.Store(_context, new MethodResult { Embedding = SmallRuns.Embedding(1.5) }, 1);
        EvaluationSpec spec = Specs.Evaluation(run, slice, new ClusteringOptions { Clusterer = clusterer, Domains = 4, Neighbours = 20 }, umap: clusterer == Clusterer.Leiden);
        GoldenVersions.ShouldHold($"evaluation/{clusterer}".ToLowerInvariant(), GrainVersions.Evaluation, Result(_context.Run(spec)));
    }

    [Fact]
    public void Evaluation_OfAJointGraph_GivesTheRecordedResult()
    {
        EvaluationSpec spec = Specs.Evaluation(SmallRuns.Store(_context, SmallRuns.Joint(_context.Team), 2), SmallRuns.Store(_context), umap: true);
        GoldenVersions.ShouldHold("evaluation/joint", GrainVersions.Evaluation, Result(_context.Run(spec)));
    }

    [Fact]
    public void Report_OfWrittenEvaluations_GivesTheRecordedResult()
    {
        GrainKey slice = Key("slice", 1), run = Key("training-run", 1);
        _context.Store(run, new GrainProducts([], new JsonObject { ["epochs"] = 20 }));
        ReportRow[] rows = [.. Enumerable.Range(0, 3).Select(seed => Specs.Row("spami", (ulong)seed, Evaluation(seed), run, slice))];
        GoldenVersions.ShouldHold("report", GrainVersions.Report, Result(_context.Run(new ReportSpec { Rows = rows })));
    }

    public void Dispose() => _context.Dispose();

    private GrainKey Evaluation(int number)
    {
        GrainKey key = Key("evaluation", (byte)number);
        int[] labels = [.. SmallRuns.Stripes.Select((stripe, spot) => spot % (11 + number) == 0 ? (stripe + 1) % 3 : stripe)];
        _context.Store(key, new GrainProducts(
            [_context.Put("domains.npy", stream => NpyWriter.Write<int>(stream, labels))],
            new JsonObject
            {
                ["domains"] = new JsonObject { ["found"] = 3, ["wanted"] = null, ["reached"] = true, ["resolution"] = 0.7, ["sizes"] = new JsonArray(48, 48, 48) },
                ["scores"] = new JsonObject(DomainScores.Names.Select((name, i) => KeyValuePair.Create(name, (JsonNode?)(i == 3 ? null : (0.1 * i) + number)))),
                ["moran-per-domain"] = new JsonArray(0.5, null, 0.25),
                ["notes"] = new JsonArray("a note"),
            }));
        return key;
    }

    private GrainKey Features(string name, int width)
    {
        GrainKey key = Key("modality", (byte)width);
        RandomStream random = new RandomStream(6).Derive(name);
        float[] values = [.. Enumerable.Range(0, SmallRuns.Spots * width).Select(i => (float)((i % width % 3 == SmallRuns.Stripes[i / width] ? 2 : 0) + random.NextGaussian()))];
        _context.Store(key, new GrainProducts([_context.Put("features.npy", stream => NpyWriter.Write<float>(stream, SmallRuns.Spots, width, values))], []));
        return key;
    }

    private GrainKey Key(string kind, byte number) => new(kind, _context.Blob([.. Encoding.UTF8.GetBytes(kind), number]));

    private InputFile File(string name, string text) => new(name, _context.Blob(Encoding.UTF8.GetBytes(text)), text.Length);

    // Without the key: an option that a method gets moves the key, and the same outputs are the same outputs.
    private static string Result(GrainResult result) => CanonicalJson.Digest(new JsonObject
    {
        ["outputs"] = new JsonObject(result.Outputs.Select(o => KeyValuePair.Create(o.Name, (JsonNode?)o.Digest.Hex))),
        ["values"] = result.Values.DeepClone(),
    }).Hex;

    // The bytes of .h5ad files may change with libhdf5; what is in them may not.
    private string Content(GrainResult result)
    {
        StoredSlice stored = StoredSlice.Load(result, _context.Open, _context.CopyToFile, _context.ScratchFolder);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(CanonicalJson.Bytes(result.Values));
        Add(_context.Bytes(result, "coordinates.npy"));
        Add(_context.Bytes(result, "truth.npy"));
        Add(Encoding.UTF8.GetBytes(string.Join('\n', stored.Slice.SpotNames)));
        foreach (Modality modality in stored.Slice.Modalities)
        {
            CsrMatrix counts = modality.Counts;
            Add(Encoding.UTF8.GetBytes(string.Join('\n', modality.FeatureNames)));
            Add(System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(counts.RowPointers));
            Add(System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(counts.ColumnIndices));
            Add(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(counts.Values));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);
    }
}
