namespace SpatialCluster.Reporting.Campaigns;

/// <summary>
/// A metric: its id in tables, and how to show it. Ids are those of Open Problems in Single-Cell Analysis where it has the metric
/// (<c>ari</c>, <c>nmi</c>, <c>asw_label</c>), else those of <c>score --json</c>; the name that scIB gives it (Luecken et al. 2022,
/// <c>scib.metrics.metrics</c>) is kept beside it.
/// </summary>
/// <param name="Id">Its id (<c>metric_id</c>).</param>
/// <param name="Symbol">Its short name, for the heads of columns and charts.</param>
/// <param name="Title">Its whole name.</param>
/// <param name="About">What it says, in a sentence.</param>
/// <param name="ScibName">The name of the same metric in scIB; empty where that has none.</param>
/// <param name="LargerIsBetter">Which way is better.</param>
/// <param name="NeedsTruth">Whether it compares with known labels.</param>
public sealed record CampaignMetric(string Id, string Symbol, string Title, string About, string ScibName = "", bool LargerIsBetter = true, bool NeedsTruth = false)
{
    /// <summary>The metrics that this program computes or knows, in the order of columns.</summary>
    public static IReadOnlyList<CampaignMetric> Known { get; } =
    [
        new("ari", "ARI", "Adjusted Rand index", "Agreement of found and true domains; 1 is perfect, 0 is chance.", "ARI_cluster/label", NeedsTruth: true),
        new("ami", "AMI", "Adjusted mutual information", "Information that found and true domains share; 1 is perfect, 0 is chance.", NeedsTruth: true),
        new("nmi", "NMI", "Normalised mutual information", "Information shared, not corrected for chance; 0 to 1.", "NMI_cluster/label", NeedsTruth: true),
        new("homogeneity", "Homogeneity", "Homogeneity", "Whether each found domain holds spots of one true domain only; 0 to 1.", NeedsTruth: true),
        new("completeness", "Completeness", "Completeness", "Whether each true domain lies in one found domain; 0 to 1.", NeedsTruth: true),
        new("v_measure", "V", "V-measure", "The harmonic mean of homogeneity and completeness; 0 to 1.", NeedsTruth: true),
        new("fowlkes_mallows", "FMI", "Fowlkes-Mallows index", "Geometric mean of precision and recall over pairs of spots; 0 to 1.", NeedsTruth: true),
        new("asw_label", "ASW", "Silhouette width of true labels", "How well the embedding parts the true labels, scaled to 0 to 1.", "ASW_label", NeedsTruth: true),
        new("isolated_label_f1", "Isolated F1", "F1 of isolated labels", "How well labels of few slices are found; 0 to 1.", "isolated_label_F1", NeedsTruth: true),
        new("isolated_label_asw", "Isolated ASW", "Silhouette width of isolated labels", "How well the embedding parts labels of few slices; 0 to 1.", "isolated_label_silhouette", NeedsTruth: true),
        new("silhouette", "Silhouette", "Silhouette width of domains", "How well the embedding parts the domains found; −1 to 1, not rescaled."),
        new("asw_domain", "ASW domains", "Silhouette width of found domains", "How well the embedding parts the domains found, scaled to 0 to 1."),
        new("moran", "Moran’s I", "Moran’s I of the domains", "How much the domains hold together on the tissue; the mean over domains."),
        new("neighbor_agreement", "Neighbours", "Agreement with neighbours", "The mean share of a spot’s nearest neighbours that have its label; 0 to 1."),
        new("knn_label_agreement", "kNN labels", "kNN-label agreement", "The mean share of a spot’s nearest neighbours in the embedding that have its true label; 0 to 1.", NeedsTruth: true),
        new("calinski_harabasz", "CH", "Calinski-Harabasz index", "Variance between domains over variance within."),
        new("davies_bouldin", "DB", "Davies-Bouldin index", "Mean likeness of each domain to the one most like it.", LargerIsBetter: false),
    ];

    /// <summary>The metric of an id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The known one, or one that is named by its id.</returns>
    public static CampaignMetric Of(string id) => Known.FirstOrDefault(metric => metric.Id == id) ?? new CampaignMetric(id, id, id, "");
}
