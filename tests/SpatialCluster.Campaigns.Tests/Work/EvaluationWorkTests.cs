using System.Text.Json.Nodes;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Analysis.Umap;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Data.Npy;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Tests.Work;

public sealed class EvaluationWorkTests : IDisposable
{
    private readonly MemoryGrainContext _context = new();
    private readonly GrainKey _slice;
    private readonly GrainKey _run;
    private readonly GrainKey _joint;

    public EvaluationWorkTests()
    {
        _slice = SmallRuns.Store(_context);
        _run = SmallRuns.Store(_context, new MethodResult { Embedding = SmallRuns.Embedding() }, 0);
        _joint = SmallRuns.Store(_context, SmallRuns.Joint(_context.Team), 1);
    }

    public static TheoryData<Clusterer> Clusterers => [.. Enum.GetValues<Clusterer>()];

    [Theory]
    [MemberData(nameof(Clusterers))]
    public void Run_ClearDomains_AreFoundByEveryClusterer(Clusterer clusterer)
    {
        GrainResult result = Evaluate(_run, new ClusteringOptions { Clusterer = clusterer, Neighbours = 20 });
        int[] labels = Labels(result);
        ClusteringScores.Compare(SmallRuns.Stripes, labels).AdjustedRandIndex.ShouldBeGreaterThan(0.98);
        ((int)result.Values["domains"]!["found"]!).ShouldBe(3);
        ((int)result.Values["domains"]!["wanted"]!).ShouldBe(3);
        ((bool)result.Values["domains"]!["reached"]!).ShouldBeTrue();
        (result.Values["domains"]!["resolution"] is null).ShouldBe(clusterer != Clusterer.Leiden);
        result.Values["domains"]!["sizes"]!.AsArray().Select(s => (int)s!).ShouldBe(labels.CountBy(l => l).OrderBy(c => c.Key).Select(c => c.Value));
        result.Values["moran-per-domain"]!.AsArray().Count.ShouldBe(3);
        result.Find("umap.npy").ShouldBeNull();
    }

    [Fact]
    public void Run_AnEmbedding_GivesTheScoresOfItsParts()
    {
        GrainResult result = Evaluate(_run, new ClusteringOptions { Neighbours = 20 });
        int[] labels = Labels(result), truth = SmallRuns.Truth().Codes;
        using Matrix embedding = SmallRuns.Embedding();
        ClusteringAgreement agreement = ClusteringScores.Compare(truth, labels);
        Score(result, "ari").ShouldBe(agreement.AdjustedRandIndex);
        Score(result, "ami").ShouldBe(agreement.AdjustedMutualInformation);
        Score(result, "nmi").ShouldBe(agreement.NormalisedMutualInformation);
        Score(result, "homogeneity").ShouldBe(agreement.Homogeneity);
        Score(result, "completeness").ShouldBe(agreement.Completeness);
        Score(result, "v_measure").ShouldBe(agreement.VMeasure);
        Score(result, "asw_label").ShouldBe((Silhouette.Mean(embedding, truth, _context.Team) + 1) / 2);
        Score(result, "asw_domain").ShouldBe((Silhouette.Mean(embedding, labels, _context.Team) + 1) / 2);
        Score(result, "knn_label_agreement").ShouldBe(
            NeighbourAgreement.Mean(FeatureNeighbours.Nearest(embedding, 15, FeatureMetric.Euclidean, _context.Team), truth));

        // Three stripes of four columns: two borders of twelve spots each in 144; high, and below 1.
        Score(result, "moran")!.Value.ShouldBeInRange(0.7, 0.95);
        double[] perDomain = [.. result.Values["moran-per-domain"]!.AsArray().Select(m => (double)m!)];
        Score(result, "moran")!.Value.ShouldBe(perDomain.Average(), 1e-12);
        result.Values["scores"]!.AsObject().Select(s => s.Key).ShouldBe(DomainScores.Names, ignoreOrder: true);
    }

    [Fact]
    public void Run_WithoutTruth_GivesTheScoresThatNeedNone()
    {
        GrainKey unknown = SmallRuns.Store(_context, truth: false);
        GrainResult result = _context.Run(Specs.Evaluation(_run, unknown, new ClusteringOptions { Neighbours = 20, Resolution = 0.3 }));
        result.Values["scores"]!.AsObject().Where(s => s.Value is not null).Select(s => s.Key).ShouldBe(["asw_domain", "moran"], ignoreOrder: true);
        result.Values["domains"]!["wanted"].ShouldBeNull();
        ((double)result.Values["domains"]!["resolution"]!).ShouldBe(0.3);
    }

    [Fact]
    public void Run_ByResolution_LeavesTheTruthsNumberAlone()
    {
        var options = new ClusteringOptions { Neighbours = 20, Resolution = 4 };
        GrainResult open = Evaluate(_run, options with { ByResolution = true });
        JsonNode domains = open.Values["domains"]!;
        domains["wanted"].ShouldBeNull();
        ((double)domains["resolution"]!).ShouldBe(4);
        ((int)domains["found"]!).ShouldBeGreaterThan(3, "resolution 4 parts three stripes further");
        Score(open, "ari").ShouldNotBeNull("the truth still scores");

        // The same domains as on a slice that has no truth to take a number from.
        GrainResult unknown = _context.Run(Specs.Evaluation(_run, SmallRuns.Store(_context, truth: false), options));
        Labels(open).ShouldBe(Labels(unknown));
        ((int)Evaluate(_run, options).Values["domains"]!["found"]!).ShouldBe(3);
    }

    [Fact]
    public void Run_ByResolutionWithAContradiction_IsRefused()
    {
        foreach (ClusteringOptions options in (ClusteringOptions[])[new() { Domains = 4 }, new() { Clusterer = Clusterer.KMeans }])
            Should.Throw<BadInputException>(() => Evaluate(_run, options with { ByResolution = true })).Message.ShouldStartWith("by-resolution is on");
    }

    [Fact]
    public void Run_AJointGraph_IsClusteredScoredAndDrawnAsItIs()
    {
        GrainResult result = _context.Run(Specs.Evaluation(_joint, _slice, umap: true));
        using MethodResult joint = SmallRuns.Joint(_context.Team);
        Score(result, "ari")!.Value.ShouldBeGreaterThan(0.98);
        Score(result, "asw_label").ShouldBeNull();
        Score(result, "asw_domain").ShouldBeNull();
        double fifteen = NeighbourAgreement.Mean(new NeighbourTable(
            SmallRuns.Spots,
            15,
            [.. Enumerable.Range(0, SmallRuns.Spots).SelectMany(s => joint.Neighbours!.IndicesOf(s)[..15].ToArray())],
            [.. Enumerable.Range(0, SmallRuns.Spots).SelectMany(s => joint.Neighbours!.DistancesOf(s)[..15].ToArray())]), SmallRuns.Truth().Codes)!.Value;
        Score(result, "knn_label_agreement").ShouldBe(fifteen);
        using Matrix layout = UmapLayout.Compute(joint.Neighbours!, new UmapOptions(), _context.Team);
        byte[] bytes = _context.Bytes(result, "umap.npy");
        NpyReader.ReadTable<float>(new MemoryStream(bytes), bytes.Length, "umap").Values.ShouldBe(layout.ToArray());
    }

    [Fact]
    public void Run_PrincipalComponents_StandInForTheEmbedding()
    {
        // Six features of which three carry the stripes: one component cannot tell three stripes apart as well as all can.
        using Matrix embedding = SmallRuns.Embedding(0.05);
        GrainKey run = SmallRuns.Store(_context, new MethodResult { Embedding = SmallRuns.Embedding(0.05) }, 5);
        foreach (Clusterer clusterer in Enum.GetValues<Clusterer>())
        {
            var options = new ClusteringOptions { Clusterer = clusterer, Neighbours = 20 };
            GrainResult all = Evaluate(run, options with { PrincipalComponents = 6 }), whole = Evaluate(run, options);
            all.Outputs.ShouldBe(whole.Outputs);
            Labels(Evaluate(run, options with { PrincipalComponents = 1, Domains = 8 })).ShouldNotBe(Labels(Evaluate(run, options with { Domains = 8 })));
        }
    }

    [Fact]
    public void Run_MoreNeighboursThanSpots_LowersThemWithANote()
    {
        GrainResult result = Evaluate(_run, new ClusteringOptions { Neighbours = 500 });
        result.Values["notes"]!.AsArray().Select(n => (string)n!)
            .ShouldContain("The slice has 144 spots, so domains go by 143 neighbours in the embedding instead of the 500 asked for.");
        Labels(result).ShouldBe(Labels(Evaluate(_run, new ClusteringOptions { Neighbours = 143 })));
    }

    [Theory]
    [InlineData(Clusterer.KMeans, "k-means")]
    [InlineData(Clusterer.Gmm, "gmm")]
    public void Run_AClustererThatCannotWork_IsRefusedWithTheWayOut(Clusterer clusterer, string name)
    {
        var options = new ClusteringOptions { Clusterer = clusterer };
        Should.Throw<BadInputException>(() => Evaluate(_joint, options)).Message
            .ShouldBe($"The method gives a joint graph and no embedding, which {name} needs; use leiden for it.");
        GrainKey unknown = SmallRuns.Store(_context, truth: false);
        Should.Throw<BadInputException>(() => _context.Run(Specs.Evaluation(_run, unknown, options))).Message
            .ShouldStartWith($"{name} must know how many domains there are");
    }

    [Fact]
    public void Run_MoreDomainsThanSpots_IsRefused() =>
        Should.Throw<BadInputException>(() => Evaluate(_run, new ClusteringOptions { Domains = 145 })).Message.ShouldContain("144 spots cannot form 145 domains");

    [Fact]
    public void Run_ARunOfAnotherSlice_IsRefused()
    {
        GrainKey run = SmallRuns.Store(_context, new MethodResult { Embedding = new Matrix(10, 3) }, 7);
        Should.Throw<BadInputException>(() => Evaluate(run, new ClusteringOptions())).Message.ShouldContain("has 10 spots and the slice 144");
    }

    [Theory]
    [InlineData("read")]
    [InlineData("domains")]
    [InlineData("scores")]
    public void Run_CancelledInAStage_StopsBeforeTheNext(string last)
    {
        using var stop = new CancellationTokenSource();
        _context.Stop = stop.Token;
        _context.Stages.Clear();
        _context.AtStage = stage =>
        {
            if (stage == last)
                stop.Cancel();
        };
        Should.Throw<OperationCanceledException>(() => _context.Run(Specs.Evaluation(_run, _slice, umap: true)));
        _context.Stages[^1].ShouldBe(last);
    }

    public void Dispose() => _context.Dispose();

    private GrainResult Evaluate(GrainKey run, ClusteringOptions options) => _context.Run(Specs.Evaluation(run, _slice, options));

    private int[] Labels(GrainResult result)
    {
        byte[] bytes = _context.Bytes(result, "domains.npy");
        return NpyReader.ReadList<int>(new MemoryStream(bytes), bytes.Length, "domains.npy");
    }

    private static double? Score(GrainResult result, string name) => (double?)result.Values["scores"]![name];
}
