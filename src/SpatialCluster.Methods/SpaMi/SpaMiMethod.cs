using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>SpaMI in the catalogue.</summary>
internal sealed class SpaMiMethod : IntegrationMethod
{
    // The forecast grows with the spots, so a part stands for the whole.
    private const int MeasuredSpots = 4096;

    public override string Name => "spami";

    public override string Title => "SpaMI";

    public override string Origin => "Gao, Yang & Zhang, PLoS Comput Biol 2025";

    public override int Version => SpaMiTraining.MethodVersion;

    public override IReadOnlyList<Preset> Presets => SpaMiPresets.All;

    public override bool Reconstructs => true;

    public override long ForecastBytes(int spots, IReadOnlyList<int> widths, MethodOptions options, int threads)
    {
        var own = (SpaMiOptions)options;
        int measured = int.Max(int.Min(spots, MeasuredSpots), own.Neighbours + 1);
        Matrix[] features = [.. widths.Select(width => new Matrix(measured, width))];
        try
        {
            var input = new SpaMiInput
            {
                Names = [.. widths.Select((_, m) => $"modality {m}")],
                Features = features,
                Graphs = SpaMiGraphs.From(Ring(measured, own.Neighbours)),
                Options = own,
            };
            return (long)(input.ForecastBytes(threads) * double.Max(1, (double)spots / measured));
        }
        finally
        {
            foreach (Matrix matrix in features)
                matrix.Dispose();
        }
    }

    public override MethodResult Run(MethodInput input, MethodOptions options, ThreadTeam team, TrainingControl control)
    {
        var own = (SpaMiOptions)options;
        own.Validate();
        return Wrap(SpaMiTraining.Run(InputOf(input, own, team), team, control));
    }

    internal static SpaMiInput InputOf(MethodInput input, SpaMiOptions options, ThreadTeam team) => new()
    {
        Names = input.Names,
        Features = input.Features,
        Graphs = SpaMiGraphs.From(SpatialNeighbours.Nearest(input.Coordinates, options.Neighbours, team)),
        Options = options,
        Seed = input.Seed,
    };

    internal static MethodResult Wrap(SpaMiResult result) => new()
    {
        Embedding = result.Embedding,
        Attention = result.Attention,
        Reconstructions = result.Reconstructions,
        Losses = result.Losses,
        Weights = result.Weights,
    };

    // Any graph of that degree takes the same room.
    private static NeighbourTable Ring(int spots, int neighbours)
    {
        int[] indices = [.. Enumerable.Range(0, spots).SelectMany(spot => Enumerable.Range(1, neighbours).Select(step => (spot + step) % spots))];
        return new NeighbourTable(spots, neighbours, indices, new double[indices.Length]);
    }
}
