using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Wnn;

/// <summary>
/// Weighted nearest neighbours, after the paper and Seurat 4.3.0 (<c>R/clustering.R</c>), with exact neighbours in place of
/// approximate ones. Any number of modalities; one alone gives its own neighbours, by their kernel.
/// <para>The result is deterministic and knows no seed.</para>
/// </summary>
internal sealed class WnnMethod : IntegrationMethod
{
    public override string Name => "wnn";

    public override string Title => "WNN";

    public override string Origin => "Hao et al., Cell 2021 (Seurat 4)";

    public override int Version => 1;

    public override IReadOnlyList<Preset> Presets => WnnPresets.All;

    public override bool UsesSeed => false;

    public override bool GivesEmbedding => false;

    public override long ForecastBytes(int spots, IReadOnlyList<int> widths, MethodOptions options, int threads)
    {
        var own = (WnnOptions)options;
        long range = int.Min(own.Range, spots), modalities = widths.Count;

        // Points, once more packed for the search, and the table of each modality.
        long bytes = widths.Sum(width => (2 * Matrix.BytesFor(spots, width)) + (spots * range * (sizeof(int) + sizeof(double))));
        bytes += spots * modalities * (modalities + 2) * sizeof(double);

        // Lists of shared neighbours, forwards and back, then the joint table and its graph: some tens of edges per neighbour.
        bytes += (long)spots * own.Neighbours * (6 * sizeof(int));
        bytes += (long)spots * own.Neighbours * ((sizeof(int) + sizeof(double)) + (32 * (sizeof(int) + sizeof(float))));
        return bytes + ((long)threads * spots * 2 * sizeof(int)) + (1 << 20);
    }

    public override MethodResult Run(MethodInput input, MethodOptions options, ThreadTeam team, TrainingControl control)
    {
        var own = (WnnOptions)options;
        own.Validate();
        if (input.Spots <= own.Neighbours)
            throw new BadInputException($"A slice of {input.Spots} spots cannot give every spot {own.Neighbours} joint neighbours; lower --neighbors to at most {input.Spots - 1}.");
        var notes = new List<string>();
        if (input.Spots < own.Range)
            notes.Add($"joint neighbours are sought among all {input.Spots} spots, fewer than the {own.Range} of --range");
        var spaces = new List<FeatureSpace>();
        var used = new List<int>();
        try
        {
            for (int m = 0; m < input.Features.Count; m++)
            {
                control.Cancellation.ThrowIfCancellationRequested();
                Matrix points = FeatureSpace.PointsOf(input.Features[m], own.UnitLength);
                if (FeatureSpace.IsConstant(points))
                {
                    points.Dispose();
                    notes.Add($"modality '{input.Names[m]}' is the same in every spot{(own.UnitLength ? " but for its scale" : string.Empty)}; it tells no spots apart, and its weight is 0");
                    continue;
                }

                if (own.UnitLength && points.Columns == 1)
                    notes.Add($"modality '{input.Names[m]}' has one feature, of which unit length leaves the sign; consider --unit-length false");
                spaces.Add(FeatureSpace.Of(points, own, team));
                used.Add(m);
            }

            if (spaces.Count == 0)
                throw new BadInputException("Every modality is the same in all spots, so that none has neighbours; check the files, or how they are preprocessed.");
            return Join(input, own, spaces, used, notes, team, control);
        }
        finally
        {
            spaces.ForEach(space => space.Dispose());
        }
    }

    private static MethodResult Join(
        MethodInput input, WnnOptions options, List<FeatureSpace> spaces, List<int> used, List<string> notes, ThreadTeam team, TrainingControl control)
    {
        control.Cancellation.ThrowIfCancellationRequested();
        double[] weights = new ModalityWeights(spaces, options).Compute(team);
        control.Cancellation.ThrowIfCancellationRequested();
        NeighbourTable joint = JointNeighbours.Of(spaces, weights, options.Neighbours, team);
        control.Cancellation.ThrowIfCancellationRequested();
        var graph = new SharedNeighbours(joint, options.Neighbours, withSelf: false).Jaccard(options.Prune, team);
        var attention = new Matrix(input.Spots, input.Features.Count);
        for (int spot = 0; spot < input.Spots; spot++)
        {
            for (int r = 0; r < used.Count; r++)
                attention[spot, used[r]] = (float)weights[(spot * used.Count) + r];
        }

        return new MethodResult { Neighbours = joint, Graph = graph, Attention = attention, Notes = notes };
    }
}
