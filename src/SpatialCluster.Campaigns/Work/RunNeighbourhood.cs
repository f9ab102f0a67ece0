using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Work;

/// <summary>
/// Who is near whom by what a training run gave: the method's own joint neighbours where it gives such, else the nearest spots in the
/// embedding. Searched for once, and when first asked for.
/// </summary>
internal sealed class RunNeighbourhood
{
    /// <summary>Neighbours whose labels are compared, as in <c>spatialcluster score</c>.</summary>
    public const int AgreementNeighbours = 15;

    private readonly MethodResult _run;
    private readonly ClusteringOptions _options;
    private readonly ThreadTeam _team;
    private readonly int _neighbours;
    private readonly Lazy<NeighbourTable> _table;
    private readonly Lazy<CsrMatrix> _fuzzy;
    private readonly List<string> _notes = [];

    public RunNeighbourhood(MethodResult run, int spots, ClusteringOptions options, ThreadTeam team)
    {
        int given = run.Embedding?.Rows ?? run.Neighbours?.Spots ?? 0;
        if (given != spots)
            throw new BadInputException($"The training run has {given:N0} spots and the slice {spots:N0}; evaluate a run on its own slice.");
        (_run, _options, _team) = (run, options, team);
        _neighbours = options.Neighbours;
        if (run.Embedding is not null && _neighbours >= spots && spots >= 3)
        {
            _neighbours = spots - 1;
            _notes.Add($"The slice has {spots} spots, so domains go by {_neighbours} neighbours in the embedding instead of the {options.Neighbours} asked for.");
        }

        _table = new Lazy<NeighbourTable>(() => run.Neighbours ?? Nearest(run.Embedding!, int.Max(_neighbours - 1, AgreementNeighbours)));
        _fuzzy = new Lazy<CsrMatrix>(Connect);
    }

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The fuzzy neighbour graph that Leiden (but for a method with a graph of its own) and UMAP go by, as Seurat's RunUMAP takes joint neighbours.</summary>
    public CsrMatrix Fuzzy => _fuzzy.Value;

    /// <summary>The nearest spots whose labels are compared.</summary>
    public NeighbourTable Agreement => First(_table.Value, AgreementNeighbours);

    /// <summary>What is clustered in the embedding's place: principal components where they are asked for.</summary>
    /// <returns>A matrix, and whether the caller must dispose it.</returns>
    public (Matrix Features, bool Owned) Reduced()
    {
        Matrix embedding = _run.Embedding!;
        if (_options.PrincipalComponents is not { } components || components >= embedding.Columns)
            return (embedding, false);
        if (components < 1)
            throw new BadInputException($"principal-components is {components}; it must be 1 or more, or none.");
        using PrincipalComponents reduced = PrincipalComponents.Of(embedding, components, _team);
        var copy = new Matrix(reduced.Scores.Rows, reduced.Scores.Columns);
        copy.CopyFrom(reduced.Scores);
        return (copy, true);
    }

    private CsrMatrix Connect()
    {
        if (_run.Neighbours is { } joint)
            return FuzzyNeighbourGraph.Connect(joint, _team);
        if (_neighbours < 2)
            throw new BadInputException($"neighbors is {_neighbours}; it counts the spot itself and must be 2 or more.");
        (Matrix features, bool owned) = Reduced();
        if (!owned)
            return FuzzyNeighbourGraph.Connect(First(_table.Value, _neighbours - 1), _team);
        using (features)
            return FuzzyNeighbourGraph.Connect(Nearest(features, _neighbours - 1), _team);
    }

    private NeighbourTable Nearest(Matrix features, int neighbours) =>
        FeatureNeighbours.Nearest(features, int.Min(neighbours, features.Rows - 1), FeatureMetric.Euclidean, _team);

    // Rows go from near to far, so that the first are the nearest of fewer, too.
    private static NeighbourTable First(NeighbourTable table, int neighbours)
    {
        if (neighbours >= table.Neighbours)
            return table;
        var indices = new int[table.Spots * neighbours];
        var distances = new double[indices.Length];
        for (int spot = 0; spot < table.Spots; spot++)
        {
            table.IndicesOf(spot)[..neighbours].CopyTo(indices.AsSpan(spot * neighbours));
            table.DistancesOf(spot)[..neighbours].CopyTo(distances.AsSpan(spot * neighbours));
        }

        return new NeighbourTable(table.Spots, neighbours, indices, distances);
    }
}
