using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;
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
            int epochs = input.Options.Epochs;
            var losses = new LossHistory([.. network.Losses.Select(t => t.Name)], epochs);
            network.Initialise();
            string key = control.CheckpointPath is null ? "" : SpaMiCheckpoint.KeyOf(input);
            if (control.Resume && File.Exists(control.CheckpointPath))
                SpaMiCheckpoint.Load(control.CheckpointPath, key, network, losses, epochs);

            Epochs(network, losses, epochs, key, team, control);
            network.Infer(team);
            return Collect(network, losses);
        }
    }

    /// <summary>Computes the embedding with weights trained before: the same input gives the same bytes as the training did.</summary>
    /// <param name="input">Features and graphs as in the training.</param>
    /// <param name="weights">Trained weights.</param>
    /// <param name="team">The threads.</param>
    /// <returns>The result, without losses.</returns>
    public static SpaMiResult Apply(SpaMiInput input, SpaMiWeights weights, ThreadTeam team)
    {
        SpaMiNetwork network = input.Build(team.Threads, out Arena arena);
        using (arena)
        {
            weights.ApplyTo(network);
            network.Infer(team);
            return Collect(network, new LossHistory([.. network.Losses.Select(t => t.Name)], 0));
        }
    }

    private static void Epochs(SpaMiNetwork network, LossHistory losses, int epochs, string key, ThreadTeam team, TrainingControl control)
    {
        long lastCheckpoint = control.Clock.GetTimestamp();
        var terms = new double[network.Losses.Count];
        int first = losses.Epochs;
        for (int epoch = first; epoch < epochs; epoch++)
        {
            if (control.Cancellation.IsCancellationRequested)
            {
                Checkpoint();
                throw new OperationCanceledException($"Stopped after epoch {epoch} of {epochs}.", control.Cancellation);
            }

            if (control.Clock.GetElapsedTime(lastCheckpoint) >= control.CheckpointInterval)
                Checkpoint();
            network.Train(epoch, team);
            losses.Add(Total(network, terms), terms);
            if (!double.IsFinite(losses.Last))
            {
                throw new SpatialClusterException(
                    FailureKind.Permanent, $"The loss is {losses.Last} after epoch {epoch + 1}: the training diverged. Lower --learning-rate, or look for extreme values in the input.");
            }

            control.Progress?.Invoke(new TrainingProgress(epoch + 1, epochs, losses.Last));
        }

        if (losses.Epochs > first)
            Checkpoint();

        void Checkpoint()
        {
            if (control.CheckpointPath is not null)
                SpaMiCheckpoint.Save(control.CheckpointPath, key, network, losses);
            lastCheckpoint = control.Clock.GetTimestamp();
        }
    }

    private static double Total(SpaMiNetwork network, double[] terms)
    {
        double total = 0;
        for (int t = 0; t < terms.Length; t++)
        {
            LossTerm term = network.Losses[t];
            terms[t] = term.Value;
            total += term.Factor * terms[t];
        }

        return total;
    }

    private static SpaMiResult Collect(SpaMiNetwork network, LossHistory losses) => new()
    {
        Embedding = Copy(network.Embedding),
        Attention = network.Attention is null ? null : Copy(network.Attention),
        Reconstructions = [.. network.Towers.Select(t => Copy(t.Reconstruction.Value))],
        Losses = losses,
        Weights = SpaMiWeights.Of(network),
    };

    private static Matrix Copy(Matrix source)
    {
        var copy = new Matrix(source.Rows, source.Columns);
        copy.CopyFrom(source);
        return copy;
    }
}
