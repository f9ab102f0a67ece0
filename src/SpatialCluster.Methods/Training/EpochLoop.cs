using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Methods.Training;

/// <summary>Trains a network epoch by epoch, with progress, checkpoints and cancellation. Where that is wanted, the last checkpoint holds the finished training.</summary>
public static class EpochLoop
{
    /// <summary>Trains from the beginning, or from the checkpoint, to the end.</summary>
    /// <param name="network">With initial weights.</param>
    /// <param name="epochs">How many.</param>
    /// <param name="key">Gives the digest of all that the training depends on; asked only where there are checkpoints.</param>
    /// <param name="team">The threads.</param>
    /// <param name="control">Progress, checkpoints, cancellation.</param>
    /// <returns>The loss over the epochs.</returns>
    /// <exception cref="OperationCanceledException">The training was stopped; the checkpoint, where one is wanted, is written.</exception>
    /// <exception cref="SpatialClusterException">The loss is no number any more.</exception>
    public static LossHistory Run(ITrainableNetwork network, int epochs, Func<string> key, ThreadTeam team, TrainingControl control)
    {
        var losses = new LossHistory([.. network.Losses.Select(t => t.Name)], epochs);
        TrainingCheckpoint? checkpoint = control.Checkpoint is null ? null : new TrainingCheckpoint(control.Checkpoint, key());
        if (control.Resume)
            checkpoint?.Load(network, losses, epochs);
        long lastCheckpoint = control.Clock.GetTimestamp();
        var terms = new double[network.Losses.Count];
        int first = losses.Epochs;
        for (int epoch = first; epoch < epochs; epoch++)
        {
            if (control.IsToStop(epoch - first))
            {
                Checkpoint();
                throw new OperationCanceledException($"Stopped after epoch {epoch} of {epochs}.");
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

        if (losses.Epochs > first && control.KeepsFinished)
            Checkpoint();
        return losses;

        void Checkpoint()
        {
            checkpoint?.Save(network, losses);
            lastCheckpoint = control.Clock.GetTimestamp();
        }
    }

    private static double Total(ITrainableNetwork network, double[] terms)
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
}
