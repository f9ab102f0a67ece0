using System.Text.Json.Nodes;
using SpatialCluster.Analysis.Autocorrelation;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Work;

/// <summary>
/// The scores of an evaluation, under the names that openproblems and scIB have for them. All names are always there; a score that
/// cannot be had (no truth, no embedding, one domain) is null. More is better for all of them.
/// </summary>
public static class DomainScores
{
    /// <summary>
    /// <c>ari</c>, <c>ami</c>, <c>nmi</c>, <c>homogeneity</c>, <c>completeness</c>, <c>v_measure</c>: domains against the truth.
    /// <c>asw_label</c>: the silhouette of the true labels in the embedding, <c>asw_domain</c>: that of the found domains, both as scIB
    /// scales them, (s + 1) / 2. <c>moran</c>: the mean of Moran's I over the domains, on the six nearest spots in the tissue.
    /// <c>knn_label_agreement</c>: the share of the 15 nearest spots by the method that carry a spot's true label.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
        ["ari", "ami", "nmi", "homogeneity", "completeness", "v_measure", "asw_label", "asw_domain", "moran", "knn_label_agreement"];

    internal static JsonObject Of(
        MethodResult run, RunNeighbourhood neighbourhood, SpotAnnotation? truth, int[] domains, DomainMoran moran, ThreadTeam team)
    {
        ClusteringAgreement? agreement = truth is null ? null : ClusteringScores.Compare(truth.Codes, domains);
        double?[] values =
        [
            agreement?.AdjustedRandIndex,
            agreement?.AdjustedMutualInformation,
            agreement?.NormalisedMutualInformation,
            agreement?.Homogeneity,
            agreement?.Completeness,
            agreement?.VMeasure,
            truth is null ? null : Scaled(run, truth.Codes, team),
            Scaled(run, domains, team),
            moran.Mean,
            truth is null ? null : NeighbourAgreement.Mean(neighbourhood.Agreement, truth.Codes),
        ];
        var scores = new JsonObject();
        for (int s = 0; s < values.Length; s++)
            scores[Names[s]] = JsonNumber.Of(values[s]);
        return scores;
    }

    private static double? Scaled(MethodResult run, int[] labels, ThreadTeam team) =>
        run.Embedding is { } embedding && Silhouette.Mean(embedding, labels, team) is { } silhouette ? (silhouette + 1) / 2 : null;
}
