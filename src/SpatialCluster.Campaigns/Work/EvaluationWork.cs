using System.Text.Json.Nodes;
using SpatialCluster.Analysis.Autocorrelation;
using SpatialCluster.Analysis.Umap;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Options;
using SpatialCluster.Data.Npy;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Finds domains in what a training run gave, scores them, and lays the embedding out in the plane where wanted.</summary>
internal sealed class EvaluationWork : IGrainWork
{
    /// <summary>The domain of each spot, int32, 0 the largest.</summary>
    public const string Domains = "domains.npy";

    /// <summary>Spots × 2, float32.</summary>
    public const string Umap = "umap.npy";

    public string Kind => EvaluationSpec.KindName;

    public IReadOnlyList<string> Codes { get; } = [GrainSpec.CodeOf(EvaluationSpec.KindName, GrainVersions.Evaluation)];

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        EvaluationSpec evaluation = EvaluationSpec.Parse(spec);
        context.Begin("read");
        StoredPlaces slice = StoredPlaces.Load(context.Input(evaluation.Slice), context.Open);
        using MethodResult run = StoredRun.Load(context.Input(evaluation.Run), context.Open);
        context.Begin("neighbours");
        var neighbourhood = new RunNeighbourhood(run, slice.Coordinates.Count, evaluation.Clustering, context.Team);
        context.Begin("domains");
        FoundDomains found = DomainSearch.Find(run, neighbourhood, slice, evaluation.Clustering, context);
        context.Begin("scores");
        DomainMoran moran = DomainAutocorrelation.Of(found.Labels, DomainFinder.SpatialWeights(slice.Coordinates, context.Team));
        JsonObject scores = DomainScores.Of(run, neighbourhood, slice.Truth, found.Labels, moran, context.Team);
        var outputs = new List<GrainOutput> { context.Put(Domains, stream => NpyWriter.Write<int>(stream, found.Labels)) };
        if (evaluation.Umap)
        {
            context.Begin("umap");
            using Matrix layout = UmapLayout.Compute(neighbourhood.Fuzzy, new UmapOptions { Seed = evaluation.Clustering.Seed }, context.Team, context.Cancellation);
            outputs.Add(context.Put(Umap, stream => NpyWriter.Write(stream, layout)));
        }

        return new GrainProducts(outputs, Values(evaluation.Clustering, found, moran, scores, [.. neighbourhood.Notes, .. found.Notes]));
    }

    private static JsonObject Values(ClusteringOptions options, FoundDomains found, DomainMoran moran, JsonObject scores, IReadOnlyList<string> notes)
    {
        var sizes = new int[found.Count];
        foreach (int label in found.Labels)
            sizes[label]++;
        return new JsonObject
        {
            ["clusterer"] = OptionRecord.NameOf(options.Clusterer.ToString()),
            ["domains"] = new JsonObject
            {
                ["found"] = found.Count,
                ["wanted"] = found.Wanted,
                ["reached"] = found.Reached,
                ["resolution"] = JsonNumber.Of(found.Resolution),
                ["sizes"] = new JsonArray([.. sizes.Select(s => (JsonNode)s)]),
            },
            ["scores"] = scores,
            ["moran-per-domain"] = new JsonArray([.. moran.PerDomain.Select(JsonNumber.Of)]),
            ["notes"] = new JsonArray([.. notes.Select(n => (JsonNode)n)]),
        };
    }
}
