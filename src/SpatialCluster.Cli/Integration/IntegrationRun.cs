using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Progress;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Loading;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Cli.Integration;

/// <summary>An integration from files to files: checks first, then reads, integrates, scores and writes.</summary>
internal sealed class IntegrationRun
{
    private readonly IntegrationRequest _request;
    private readonly CommandContext _context;
    private readonly IRunProgress _progress;
    private readonly List<StageTime> _times = [];
    private readonly List<string> _runNotes = [];

    private IntegrationRun(IntegrationRequest request, CommandContext context, IRunProgress progress) =>
        (_request, _context, _progress) = (request, context, progress);

    /// <summary>Does it all.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="context">Cancellation and clock.</param>
    /// <param name="progress">Told of stages and epochs.</param>
    /// <returns>What is to be told of it.</returns>
    /// <exception cref="OperationCanceledException">Stopped; no output is there, and a checkpoint where the training had begun and one is wanted.</exception>
    public static IntegrationSummary Execute(IntegrationRequest request, CommandContext context, IRunProgress progress) =>
        new IntegrationRun(request, context, progress).Execute();

    /// <summary>Whatever would fail at the end fails here, at the start.</summary>
    public static void Check(IntegrationRequest request)
    {
        foreach ((_, string path) in request.InputFiles())
            InputFile.Check(path);
        request.Outputs.Check(request);
    }

    private IntegrationSummary Execute()
    {
        long start = _context.Clock.GetTimestamp();
        Check(_request);
        using var team = new ThreadTeam(_request.Run.Threads);
        LoadedSlice loaded = Timed("read", () => new SliceLoader(Reader()).Load(_request.Slice));
        _context.Cancellation.ThrowIfCancellationRequested();
        InputFile[] inputs = Timed("digest of the input", () => _request.InputFiles().SelectMany(file => InputFile.Take(file.Role, file.Path)).ToArray());
        IntegrationOptions options = _request.Options with
        {
            Domains = ClusterSize.Fit(_request, loaded.Slice.Spots, out string? fitted),
            Truth = loaded.Truth?.Codes,
        };
        CheckCheckpoint();
        using IntegrationResult result = SliceIntegration.Run(loaded.Slice, options, team, Control(), _request.Model);
        _context.Cancellation.ThrowIfCancellationRequested();
        var outcome = new IntegrationOutcome
        {
            Request = _request,
            Loaded = loaded,
            Options = options,
            Result = result,
            Agreement = loaded.Truth is null ? null : ClusteringScores.Compare(loaded.Truth.Codes, result.Domains.Labels),
            Inputs = inputs,
            Notes = [.. loaded.Report.Notes.Select(note => note.Sentence), .. fitted is null ? Array.Empty<string>() : [fitted], .. result.Notes],
            RunNotes = _runNotes,
            Times = [.. _times, .. result.Times],
        };
        _progress.Stage("write");
        outcome.Request.Outputs.Write(outcome, team, _context);
        if (_request.KeepsCheckpoint)
            File.Delete(_request.CheckpointPath);
        return IntegrationSummary.Of(outcome, _context.Clock.GetElapsedTime(start).TotalSeconds);
    }

    private TableReader Reader() =>
        _request.Run.Untrusted ? new TableReader(new ChildReaderFormat(_context.Cancellation)) : TableReader.Standard;

    private void CheckCheckpoint()
    {
        bool there = File.Exists(_request.CheckpointPath);
        if (_request.Run.Resume && !there && _request.Model is null)
            _runNotes.Add($"There is no checkpoint {_request.CheckpointPath}; the training began anew.");
        else if (!_request.Run.Resume && there && _request.KeepsCheckpoint)
            _runNotes.Add($"The checkpoint {_request.CheckpointPath} of an earlier run was not used (--resume continues from one).");
        if (_request.Run.Resume && _request.Model is not null)
            throw new BadInputException("--resume continues a training, and --load-model trains nothing; leave one of them out.");
    }

    private IntegrationControl Control() => new()
    {
        Stage = _progress.Stage,
        MemoryLimit = _request.Run.MemoryLimit,
        Training = new TrainingControl
        {
            Progress = _progress.Epoch,
            Cancellation = _context.Cancellation,
            Checkpoint = _request.KeepsCheckpoint ? new FileCheckpoint(_request.CheckpointPath) : null,
            CheckpointInterval = _request.Run.CheckpointInterval,
            Resume = _request.Run.Resume,
            Clock = _context.Clock,
        },
    };

    private T Timed<T>(string stage, Func<T> work)
    {
        _progress.Stage(stage);
        long start = _context.Clock.GetTimestamp();
        T result = work();
        _times.Add(new StageTime(stage, _context.Clock.GetElapsedTime(start).TotalSeconds));
        return result;
    }
}
