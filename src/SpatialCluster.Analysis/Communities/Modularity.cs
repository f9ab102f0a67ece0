using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Communities;

/// <summary>
/// Modularity with a resolution (Reichardt and Bornholdt 2006, configuration model; <c>RBConfigurationVertexPartition</c> of
/// leidenalg, divided by 2m): Q = 1/2m Σ_ij (A_ij − γ k_i k_j / 2m) δ(c_i, c_j), k_i = Σ_j A_ij, 2m = Σ_ij A_ij.
/// </summary>
/// <remarks>
/// A is taken as it stands, diagonal included once. scanpy hands a symmetric matrix to leidenalg as a directed graph, where
/// the quality is 1/M Σ_ij (A_ij − γ k_i^out k_j^in / M) with M = Σ_ij A_ij: for a symmetric A the same number for every
/// partition. In igraph's undirected graphs a self loop of weight w counts twice in its node's strength; it corresponds to
/// A_ii = 2w here.
/// </remarks>
public static class Modularity
{
    /// <summary>The quality of a partition. All sums are in double.</summary>
    /// <param name="graph">A symmetric adjacency matrix with weights that are finite and not negative.</param>
    /// <param name="labels">The community of each node, 0 … nodes−1.</param>
    /// <param name="resolution">γ, not negative.</param>
    /// <returns>The quality, at most 1; 0 for a graph without weight.</returns>
    /// <exception cref="Compute.Errors.BadInputException">The matrix is not square or symmetric, or a weight is negative or not finite.</exception>
    public static double Of(CsrMatrix graph, ReadOnlySpan<int> labels, double resolution = 1)
    {
        if (labels.Length != graph.Rows)
            throw new ArgumentException($"There are {labels.Length} labels for {graph.Rows} nodes.", nameof(labels));
        foreach (int label in labels)
        {
            if ((uint)label >= (uint)graph.Rows)
                throw new ArgumentException($"The label {label} does not lie between 0 and the number of nodes.", nameof(labels));
        }

        return Of(CommunityGraph.From(graph), labels, resolution);
    }

    internal static double Of(CommunityGraph graph, ReadOnlySpan<int> labels, double resolution)
    {
        if (graph.Total == 0)
            return 0;
        var strength = new double[graph.Nodes];
        var inside = new double[graph.Nodes];
        for (int node = 0; node < graph.Nodes; node++)
        {
            int label = labels[node];
            strength[label] += graph.Strengths[node];
            double same = graph.Loops[node];
            for (int e = graph.Pointers[node]; e < graph.Pointers[node + 1]; e++)
            {
                if (labels[graph.Neighbours[e]] == label)
                    same += graph.Weights[e];
            }

            inside[label] += same;
        }

        double quality = 0;
        for (int label = 0; label < graph.Nodes; label++)
            quality += inside[label] - (resolution * strength[label] * (strength[label] / graph.Total));
        return quality / graph.Total;
    }
}
