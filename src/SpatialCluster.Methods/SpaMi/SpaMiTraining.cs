using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>Trains SpaMI from start to end, with progress, checkpoints and cancellation, or applies trained weights.</summary>
public static class SpaMiTraining
{
    /// <summary>Raised whenever the same input would give other numbers.</summary>
    public const int MethodVersion = 1;

    /// <summary>Trains and computes the embedding. Where checkpoints are wanted, the last one holds the finished training.</summary>
    /// <param name="input">Features, graphs, options and seed.</param>
    /// <param name="team">The threads; they change the speed only.</param>
    /// <param name="control">Progress, checkpoints, cancellation.</param>
    /// <returns>Embedding, attention, reconstructions, losses and weights.</returns>
    /// <exception cref="OperationCanceledException">The training was stopped; the checkpoint, where one is wanted, is written.</exception>
    /// <exception cref="SpatialClusterException">The loss is no number any more, or memory ran out.</exception>
    public static SpaMiResult Run(SpaMiInput input, ThreadTeam team, TrainingControl control)
    {
        SpaMiNetwork network = input.Build(team.Threads, out Arena arena);
        using (arena)
        {
            network.Initialise();
            LossHistory losses = EpochLoop.Run(network, input.Options.Epochs, () => KeyOf(input), team, control);
            network.Infer(team);
            return Collect(network, losses);
        }
    }

    /// <summary>Computes the embedding with weights trained before: the same input gives the same bytes as the training did.</summary>
    /// <param name="input">Features and graphs as in the training.</param>
    /// <param name="weights">Trained weights.</param>
    /// <param name="team">The threads.</param>
    /// <returns>The result, without losses.</returns>
    public static SpaMiResult Apply(SpaMiInput input, TrainedWeights weights, ThreadTeam team)
    {
        SpaMiNetwork network = input.Build(team.Threads, out Arena arena);
        using (arena)
        {
            weights.ApplyTo(network.Parameters);
            network.Infer(team);
            return Collect(network, new LossHistory([.. network.Losses.Select(t => t.Name)], 0));
        }
    }

    private static string KeyOf(SpaMiInput input)
    {
        using var key = new TrainingKey("spami", MethodVersion, input.Options, input.Names, input.Seed);
        foreach (Matrix features in input.Features)
            key.Add(features);
        return key.Add(input.Graphs.Adjacency).Add(input.Graphs.Readout).Take();
    }

    private static SpaMiResult Collect(SpaMiNetwork network, LossHistory losses) => new()
    {
        Embedding = Copy(network.Embedding),
        Attention = network.Attention is null ? null : Copy(network.Attention),
        Reconstructions = [.. network.Towers.Select(t => Copy(t.Reconstruction.Value))],
        Losses = losses,
        Weights = TrainedWeights.Of(network.Parameters),
    };

    private static Matrix Copy(Matrix source)
    {
        var copy = new Matrix(source.Rows, source.Columns);
        copy.CopyFrom(source);
        return copy;
    }
}
