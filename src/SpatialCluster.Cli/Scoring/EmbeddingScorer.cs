using SpatialCluster.Analysis.Autocorrelation;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;

namespace SpatialCluster.Cli.Scoring;

/// <summary>Clusters an embedding, or takes given labels, and scores them.</summary>
internal static class EmbeddingScorer
{
    /// <summary>Neighbours in the embedding whose labels are compared.</summary>
    public const int AgreementNeighbours = 15;

    public static EmbeddingScore Run(ScoreRequest request, ThreadTeam team, CancellationToken cancellation)
    {
        var notes = new List<string>();
        var file = new EmbeddingFile(request.Embedding);
        SpotEmbedding embedding = file.Embedding(request.Key);
        using Matrix values = embedding.Values;
        SpotAnnotation? truth = request.Truth is null ? null : file.Labels("--truth", request.Truth, embedding.SpotNames, notes);
        if (request.Truth == "obs:domain" && request.Labels is null && file.HasLabels("input_domain"))
            notes.Add("obs:domain are the domains that were found; those that the input came with are obs:input_domain.");
        SpotCoordinates? places = file.Places();
        if (places is null)
            notes.Add($"{request.Embedding} has no obsm/spatial; Moran's I is left out.");

        (int[] labels, DomainSearchSummary? search) = request.Labels is null
            ? Cluster(values, places, request, team, notes, cancellation)
            : (file.Labels("--labels", request.Labels, embedding.SpotNames, notes).Codes, null);
        ClusteringAgreement? agreement = truth is null ? null : ClusteringScores.Compare(truth.Codes, labels);
        return new EmbeddingScore
        {
            Embedding = request.Embedding,
            Key = request.Key,
            Spots = values.Rows,
            Width = values.Columns,
            Domains = labels.Where(label => label >= 0).Distinct().Count(),
            Labels = request.Labels ?? "leiden",
            DomainSearch = search,
            Truth = request.Truth,
            TruthSpots = agreement?.Spots,
            TruthLabels = agreement?.TruthLabels,
            Ari = agreement?.AdjustedRandIndex,
            Ami = agreement?.AdjustedMutualInformation,
            Nmi = agreement?.NormalisedMutualInformation,
            Homogeneity = agreement?.Homogeneity,
            Completeness = agreement?.Completeness,
            VMeasure = agreement?.VMeasure,
            FowlkesMallows = agreement?.FowlkesMallows,
            Silhouette = Silhouette.Mean(values, labels, team),
            Moran = places is null || places.Count < 2 ? null : DomainAutocorrelation.Of(labels, DomainFinder.SpatialWeights(places, team)).Mean,
            NeighborAgreement = truth is null || values.Rows < 2
                ? null
                : NeighbourAgreement.Mean(FeatureNeighbours.Nearest(values, int.Min(AgreementNeighbours, values.Rows - 1), FeatureMetric.Euclidean, team), truth.Codes),
            Notes = notes,
        };
    }

    private static (int[] Labels, DomainSearchSummary Search) Cluster(
        Matrix values, SpotCoordinates? places, ScoreRequest request, ThreadTeam team, List<string> notes, CancellationToken cancellation)
    {
        if (request.Domains.Domains > values.Rows)
            throw new BadInputException($"{values.Rows} spots cannot form {request.Domains.Domains} domains; lower --domains.");
        DomainOptions options = request.Domains;
        if (options.Neighbours >= values.Rows && !request.NeighboursGiven && values.Rows >= 3)
        {
            notes.Add($"There are {values.Rows} spots, so domains go by {values.Rows - 1} neighbours instead of the customary {options.Neighbours}.");
            options = options with { Neighbours = values.Rows - 1 };
        }

        // Places matter for Moran's I alone, so that a file without them can be clustered all the same.
        SpotCoordinates somewhere = places ?? new SpotCoordinates([.. Enumerable.Range(0, values.Rows).Select(i => (double)i)], new double[values.Rows]);
        TissueDomains domains = DomainFinder.Find(new MethodResult { Embedding = values }, somewhere, options, request.Seed, team, cancellation);
        if (domains.Note is not null)
            notes.Add(domains.Note);
        return (domains.Labels, new DomainSearchSummary(options.Domains, domains.Reached, domains.Resolution, options.Neighbours, domains.Note));
    }
}
