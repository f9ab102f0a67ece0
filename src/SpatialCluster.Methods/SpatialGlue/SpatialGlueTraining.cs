using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.SpatialGlue;

/// <summary>Trains SpatialGlue from start to end, with progress, checkpoints and cancellation.</summary>
internal static class SpatialGlueTraining
{
    /// <summary>Raised whenever the same input would give other numbers.</summary>
    public const int MethodVersion = 1;

    private const double LeastNorm = 1e-12;

    public static MethodResult Run(SpatialGlueInput input, ThreadTeam team, TrainingControl control)
    {
        SpatialGlueNetwork network = input.Build(team.Threads, out Arena arena);
        using (arena)
        {
            network.Initialise();
            LossHistory losses = EpochLoop.Run(network, input.Options.Epochs, () => KeyOf(input), team, control);
            network.Infer(team);
            return new MethodResult
            {
                Embedding = WithUnitRows(network.Embedding),
                Attention = Copy(network.Attention),
                Reconstructions = [.. Enumerable.Range(0, network.Modalities).Select(m => Copy(network.Reconstruction(m)))],
                Losses = losses,
                Weights = TrainedWeights.Of(network.Parameters),
            };
        }
    }

    private static string KeyOf(SpatialGlueInput input)
    {
        using var key = new TrainingKey("spatialglue", MethodVersion, input.Options, input.Names, input.Seed);
        foreach (Matrix features in input.Features)
            key.Add(features);
        key.Add(input.Graphs.Spatial);
        foreach (CsrMatrix graph in input.Graphs.Features)
            key.Add(graph);
        return key.Take();
    }

    /// <summary>Each row divided by its Euclidean norm, as the original gives its embedding away.</summary>
    private static Matrix WithUnitRows(Matrix source)
    {
        Matrix copy = Copy(source);
        for (int row = 0; row < copy.Rows; row++)
        {
            double squares = 0;
            foreach (float value in copy.Row(row))
                squares += (double)value * value;
            double norm = double.Max(Math.Sqrt(squares), LeastNorm);
            foreach (ref float value in copy.Row(row))
                value = (float)(value / norm);
        }

        return copy;
    }

    private static Matrix Copy(Matrix source)
    {
        var copy = new Matrix(source.Rows, source.Columns);
        copy.CopyFrom(source);
        return copy;
    }
}
