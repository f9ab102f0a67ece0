using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Mofa;

/// <summary>Trains MOFA+ from start to end, with progress, checkpoints and cancellation.</summary>
public static class MofaTraining
{
    /// <summary>Raised whenever the same input would give other numbers.</summary>
    public const int MethodVersion = 1;

    /// <summary>Trains. Where checkpoints are wanted, the last one holds the finished training.</summary>
    /// <param name="input">Features and seed.</param>
    /// <param name="options">Hyper-parameters.</param>
    /// <param name="team">The threads; they change the speed only.</param>
    /// <param name="control">Progress, checkpoints, cancellation.</param>
    /// <returns>Factors, loadings and how much they explain; the caller disposes it.</returns>
    /// <exception cref="BadInputException">Features that are no finite numbers or never vary, too few spots, or no factor that explains anything.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped; the checkpoint, where one is wanted, is written.</exception>
    public static MofaResult Run(MethodInput input, MofaOptions options, ThreadTeam team, TrainingControl control)
    {
        options.Validate();
        CenteredView[] views = Views(input, options, team);
        FactorTable start = FactorStart.Of(views, options.Factors, new RandomStream(input.Seed).Derive("mofa/start"), team);
        var model = new MofaModel(views, start, options.SpikeSlab, team);
        var progress = new MofaProgress(options) { FirstBound = model.Bound() };
        MofaCheckpoint? checkpoint = control.Checkpoint is null ? null : new MofaCheckpoint(control.Checkpoint, KeyOf(input, options));
        if (control.Resume)
            checkpoint?.Load(model, progress);
        Train(model, progress, options, checkpoint, control);
        return Collect(model, progress, views);
    }

    private static void Train(MofaModel model, MofaProgress progress, MofaOptions options, MofaCheckpoint? checkpoint, TrainingControl control)
    {
        long lastCheckpoint = control.Clock.GetTimestamp();
        int first = progress.Iterations;
        while (!progress.Ended)
        {
            if (control.IsToStop(progress.Iterations - first))
            {
                checkpoint?.Save(model, progress);
                throw new OperationCanceledException($"Stopped after iteration {progress.Iterations} of at most {options.Iterations}.");
            }

            if (control.Clock.GetElapsedTime(lastCheckpoint) >= control.CheckpointInterval)
            {
                checkpoint?.Save(model, progress);
                lastCheckpoint = control.Clock.GetTimestamp();
            }

            // Before the first update no loading explains anything.
            if (options.DropFactorThreshold is double threshold && progress.Iterations > 0)
                DropOne(model, threshold);
            model.Iterate(learnsSparsity: progress.Iterations + 1 >= options.SparsityStart);
            double bound = model.Bound();
            progress.Add(bound, bound + model.OriginalExcess());
            if (!double.IsFinite(progress.Losses.Last))
                throw new SpatialClusterException(FailureKind.Permanent, $"The bound is {-progress.Losses.Last} after iteration {progress.Iterations}; look for extreme values in the input.");
            control.Progress?.Invoke(new TrainingProgress(progress.Iterations, options.Iterations, progress.Losses.Last));
        }

        if (progress.Iterations > first && control.KeepsFinished)
            checkpoint?.Save(model, progress);
    }

    /// <summary>Of the factors that explain too little in every view, drops the one that explains least (the original draws one of them).</summary>
    private static void DropOne(MofaModel model, double threshold)
    {
        double[][] explained = [.. model.Views.Select(view => view.VarianceExplained(model.Moments))];
        int least = -1;
        double leastSum = double.PositiveInfinity;
        for (int k = 0; k < model.Factors.Factors; k++)
        {
            double sum = explained.Sum(view => view[k]);
            if (explained.All(view => !(view[k] > threshold)) && sum < leastSum)
                (least, leastSum) = (k, sum);
        }

        if (least < 0)
            return;
        if (model.Factors.Factors == 1)
            throw new BadInputException($"No factor explains more than {threshold} of the variance of any modality: MOFA+ sees no structure; lower --drop-factor-threshold, or set it to none.");
        model.Remove(least);
    }

    private static CenteredView[] Views(MethodInput input, MofaOptions options, ThreadTeam team)
    {
        if (input.Features.Count == 0)
            throw new BadInputException("MOFA+ needs at least one modality.");
        if (input.Spots < 2)
            throw new BadInputException($"MOFA+ needs at least 2 spots; the slice has {input.Spots}.");
        for (int m = 0; m < input.Features.Count; m++)
        {
            if (input.Features[m].Columns == 0)
                throw new BadInputException($"Modality '{input.Names[m]}' has no features; leave it out.");
        }

        CenteredView[] views = [.. input.Features.Select((features, m) => CenteredView.Of(input.Names[m], features, options.ScaleViews, team))];
        if (views.All(view => view.TotalSquares == 0))
            throw new BadInputException("No feature of any modality varies, so there is nothing for MOFA+ to explain; check the input and its preprocessing.");
        return views;
    }

    private static string KeyOf(MethodInput input, MofaOptions options)
    {
        using var key = new TrainingKey("mofa", MethodVersion, options, input.Names, input.Seed);
        foreach (Matrix features in input.Features)
            key.Add(features);
        return key.Take();
    }

    private static MofaResult Collect(MofaModel model, MofaProgress progress, CenteredView[] views)
    {
        double[][] explained = [.. model.Views.Select(view => view.VarianceExplained(model.Moments))];
        int[] order = [.. Enumerable.Range(0, model.Factors.Factors).OrderByDescending(k => explained.Sum(view => view[k]))];
        return new MofaResult
        {
            Factors = Ordered(model.Factors.Rows, order, (spot, k) => model.Factors[spot, k]),
            Loadings = [.. model.Views.Select(view => Ordered(view.Data.Features, order, view.Loading))],
            VarianceExplained = [.. explained.Select(view => (IReadOnlyList<double>)[.. order.Select(k => view[k])])],
            TotalVarianceExplained = [.. model.Views.Select(view => view.TotalVarianceExplained(model.Moments))],
            Losses = progress.Losses,
            Converged = progress.Converged,
            ConstantFeatures = [.. views.Select(view => view.Constants)],
        };
    }

    private static Matrix Ordered(int rows, int[] order, Func<int, int, double> value)
    {
        var matrix = new Matrix(rows, order.Length);
        for (int row = 0; row < rows; row++)
        {
            Span<float> target = matrix.Row(row);
            for (int k = 0; k < order.Length; k++)
                target[k] = (float)value(row, order[k]);
        }

        return matrix;
    }
}
