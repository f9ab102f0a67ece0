using System.Diagnostics;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Methods.Integration;

/// <summary>The main job on one slice: preprocess each modality, run the method, find domains.</summary>
public sealed class SliceIntegration
{
    private readonly Slice _slice;
    private readonly IntegrationOptions _options;
    private readonly ThreadTeam _team;
    private readonly IntegrationControl _control;
    private readonly List<string> _notes = [];
    private readonly List<StageTime> _times = [];

    private SliceIntegration(Slice slice, IntegrationOptions options, ThreadTeam team, IntegrationControl control) =>
        (_slice, _options, _team, _control) = (slice, options, team, control);

    /// <summary>Integrates a slice.</summary>
    /// <param name="slice">Spots with their modalities.</param>
    /// <param name="options">What the result depends on.</param>
    /// <param name="team">The threads; they change the speed only.</param>
    /// <param name="control">Progress, cancellation, checkpoints, memory.</param>
    /// <param name="model">A trained model to apply instead of training; null trains.</param>
    /// <returns>Embedding and domains; the caller disposes them.</returns>
    /// <exception cref="BadInputException">Input that cannot be used, or options out of range.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the checkpoint is there where one was wanted.</exception>
    public static IntegrationResult Run(Slice slice, IntegrationOptions options, ThreadTeam team, IntegrationControl control, SpaMiModel? model = null)
    {
        options.Parameters.Validate();
        return new SliceIntegration(slice, options, team, control).Run(model);
    }

    private IntegrationResult Run(SpaMiModel? model)
    {
        var preprocessed = new List<PreprocessedModality>();
        MethodResult? trained = null;
        try
        {
            for (int m = 0; m < _slice.Modalities.Count; m++)
                preprocessed.Add(Preprocess(m, model));
            var input = new MethodInput
            {
                Names = [.. _slice.Modalities.Select(m => m.Name)],
                Kinds = [.. _slice.Modalities.Select(m => m.Kind)],
                Features = [.. preprocessed.Select(p => p.Features)],
                Coordinates = _slice.Coordinates,
                Seed = _options.Seed,
                Truth = _options.Method.SeesTruth ? _options.Truth : null,
            };
            long bytes = _options.Method.ForecastBytes(_slice.Spots, [.. input.Features.Select(f => f.Columns)], _options.Parameters, _team.Threads);
            MemoryForecast.Require(bytes, _slice.Spots, _control.MemoryLimit);
            trained = model is null
                ? Timed("train", () => _options.Method.Run(input, _options.Parameters, _team, _control.Training))
                : Timed("apply model", () => model.Apply(input, _team));
            _notes.AddRange(trained.Notes);
            TissueDomains domains = Timed(
                "domains", () => DomainFinder.Find(trained, _slice.Coordinates, _options.Domains, _options.Seed, _team, _control.Training.Cancellation));
            if (domains.Note is not null)
                _notes.Add(domains.Note);
            return new IntegrationResult { Preprocessed = preprocessed, Trained = trained, Domains = domains, Notes = _notes, Times = _times };
        }
        catch
        {
            trained?.Dispose();
            preprocessed.ForEach(p => p.Dispose());
            throw;
        }
    }

    private PreprocessedModality Preprocess(int index, SpaMiModel? model)
    {
        Modality modality = _slice.Modalities[index];
        _control.Training.Cancellation.ThrowIfCancellationRequested();
        PreprocessedModality result = Timed($"preprocess {modality.Name}", () => model is null
            ? Preprocessor.Fit(modality, _options.Preprocessing[index], _team, new RandomStream(_options.Seed))
            : model.PreprocessingOf(modality.Name).Transform(modality, _team));
        _notes.AddRange(result.Notes);
        return result;
    }

    private T Timed<T>(string stage, Func<T> work)
    {
        _control.Stage?.Invoke(stage);
        long start = Stopwatch.GetTimestamp();
        T result = work();
        _times.Add(new StageTime(stage, Stopwatch.GetElapsedTime(start).TotalSeconds));
        return result;
    }
}
