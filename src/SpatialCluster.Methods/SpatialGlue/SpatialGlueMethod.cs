using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.SpatialGlue;

/// <summary>SpatialGlue in the catalogue.</summary>
internal sealed class SpatialGlueMethod : IntegrationMethod
{
    // The forecast grows with the spots, so a part stands for the whole.
    private const int MeasuredSpots = 4096;

    public override string Name => "spatialglue";

    public override string Title => "SpatialGlue";

    public override string Origin => "Long et al., Nature Methods 2024";

    public override int Version => SpatialGlueTraining.MethodVersion;

    public override IReadOnlyList<Preset> Presets => SpatialGluePresets.All;

    public override Preset DefaultPreset(IReadOnlyList<ModalityKind> kinds) => Preset(
        kinds.Any(kind => kind is ModalityKind.Atac or ModalityKind.Histone) ? SpatialGluePresets.Epigenome : SpatialGluePresets.Spots);

    public override bool Reconstructs => true;

    public override long ForecastBytes(int spots, IReadOnlyList<int> widths, MethodOptions options, int threads)
    {
        var own = (SpatialGlueOptions)options;
        int measured = int.Min(spots, MeasuredSpots);
        Matrix[] features = [.. widths.Select(width => new Matrix(measured, width))];
        try
        {
            // The network's size does not depend on the graphs' edges.
            var empty = new CsrMatrix(measured, measured, new long[measured + 1], [], []);
            var input = new SpatialGlueInput
            {
                Names = [.. widths.Select((_, m) => $"modality {m}")],
                Features = features,
                Graphs = new SpatialGlueGraphs(empty, [.. widths.Select(_ => empty)]),
                Options = own,
            };
            double scale = double.Max(1, (double)spots / measured);
            return (long)(input.ArenaBytes(threads) * scale) + GraphBytes(spots, widths.Count, own) + ResultBytes(spots, widths, own);
        }
        finally
        {
            foreach (Matrix matrix in features)
                matrix.Dispose();
        }
    }

    public override MethodResult Run(MethodInput input, MethodOptions options, ThreadTeam team, TrainingControl control)
    {
        var own = (SpatialGlueOptions)options;
        own.Validate();
        return SpatialGlueTraining.Run(InputOf(input, own, team), team, control);
    }

    internal static SpatialGlueInput InputOf(MethodInput input, SpatialGlueOptions options, ThreadTeam team) => new()
    {
        Names = input.Names,
        Features = input.Features,
        Graphs = SpatialGlueGraphs.From(input.Coordinates, input.Features, options, team),
        Options = options,
        Seed = input.Seed,
    };

    /// <summary>Symmetrised, k neighbours become at most 2k and a loop: a column and a weight of four bytes each.</summary>
    private static long GraphBytes(int spots, int modalities, SpatialGlueOptions options)
    {
        long entries = (2L * options.Neighbours) + 1;
        if (options.FeatureGraph)
            entries += modalities * ((2L * options.FeatureNeighbours) + 1);
        return spots * entries * (sizeof(int) + sizeof(float));
    }

    private static long ResultBytes(int spots, IReadOnlyList<int> widths, SpatialGlueOptions options) =>
        Matrix.BytesFor(spots, options.EmbeddingWidth) + Matrix.BytesFor(spots, widths.Count) + widths.Sum(width => Matrix.BytesFor(spots, width));
}
