using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Wnn;

/// <summary>Every parameter of weighted nearest neighbours. Defaults are those of Seurat 4.3's <c>FindMultiModalNeighbors</c>.</summary>
public sealed record WnnOptions : MethodOptions
{
    /// <summary>Joint neighbours of a spot, itself not counted; within one modality it counts (<c>k.nn</c>).</summary>
    public int Neighbours { get; init; } = 20;

    /// <summary>Nearest spots of each modality, the spot itself counted, among which joint neighbours are sought (<c>knn.range</c>).</summary>
    public int Range { get; init; } = 200;

    /// <summary>Edges of the graph of shared neighbours with a lower weight are left out (<c>prune.SNN</c>).</summary>
    public double Prune { get; init; } = 1.0 / 15;

    /// <summary>Brings every spot's features to unit length (<c>l2.norm</c>).</summary>
    public bool UnitLength { get; init; } = true;

    /// <summary>Factor on the width of every kernel (<c>sd.scale</c>).</summary>
    public double BandwidthScale { get; init; } = 1;

    /// <summary>
    /// A kernel is as wide as the spots are far, on average, with which a spot shares the fewest neighbours
    /// (<c>snn.far.nn</c>); off, as its last neighbour is far.
    /// </summary>
    public bool FarBandwidth { get; init; } = true;

    /// <summary>Added to the affinity of a spot with what another modality predicts of it (<c>cross.contant.list</c>).</summary>
    public double CrossConstant { get; init; } = 1e-4;

    /// <summary>Averages the modalities' scores over a spot's neighbours (<c>smooth</c>).</summary>
    public bool Smooth { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(Neighbours is >= 2 and <= 1000, "--neighbors", Neighbours, "between 2 and 1000");
        Require(Range > Neighbours && Range <= 10000, "--range", Range, $"more than --neighbors ({Neighbours}) and at most 10000");
        Require(Prune is >= 0 and < 1, "--prune", Prune, "at least 0 and less than 1");
        Require(double.IsFinite(BandwidthScale) && BandwidthScale > 0, "--bandwidth-scale", BandwidthScale, "a positive number");
        Require(double.IsFinite(CrossConstant) && CrossConstant > 0, "--cross-constant", CrossConstant, "a positive number");
    }
}
