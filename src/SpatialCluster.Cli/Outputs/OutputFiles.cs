using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Files;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Cli.Outputs;

/// <summary>The files that an integration writes: all of them, or none.</summary>
internal sealed record OutputFiles
{
    /// <summary>The <c>.h5ad</c> file; named last, so that its presence says that all is there.</summary>
    public required string Data { get; init; }

    public string? Report { get; init; }

    public IReadOnlyList<string> Pictures { get; init; } = [];

    public string? Table { get; init; }

    /// <summary>Refuses, before any work, names that cannot be written to.</summary>
    /// <exception cref="BadInputException">A folder that is not there, an unknown kind of picture, one name twice, or that of an input.</exception>
    public void Check(IntegrationRequest request)
    {
        if (!Path.GetExtension(Data).Equals(".h5ad", StringComparison.OrdinalIgnoreCase))
            throw new BadInputException($"--out {Data}: the result is an .h5ad file; call it so (tables: --csv, pages: --report, pictures: --picture).");
        foreach (string picture in Pictures)
            DomainPicture.CheckName(picture);
        var inputs = request.InputFiles().Select(file => Path.GetFullPath(file.Path)).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in All(request))
        {
            AtomicFile.RequireFolder(path);
            string full = Path.GetFullPath(path);
            if (inputs.Contains(full))
                throw new BadInputException($"{path} is an input and an output; choose another output.");
            if (!seen.Add(full))
                throw new BadInputException($"{path} is named for two outputs; give each a name of its own.");
        }
    }

    /// <summary>Writes everything. Where one file fails, none is there, and older ones of those names stay.</summary>
    public void Write(IntegrationOutcome outcome, ThreadTeam team, CommandContext context)
    {
        using var set = new OutputSet();
        foreach (string picture in Pictures)
            Put(() => DomainPicture.Write(picture, outcome, set));
        if (Table is not null)
            Put(() => SpotTable.Write(Table, outcome, set));
        if (Report is not null)
            Put(() => ReportPage.Write(Report, outcome, team, context, set));
        if (outcome.Request.SaveModel is { } model)
            Put(() => ModelOf(outcome).Save(model, set));
        Put(() => IntegrationDocument.Write(Data, outcome, team, set));
        Put(set.Publish);

        void Put(Action step)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            step();
        }
    }

    private IEnumerable<string> All(IntegrationRequest request) =>
        [.. Pictures, .. new[] { Table, Report, request.SaveModel }.OfType<string>(), Data, request.CheckpointPath];

    private static SpaMiModel ModelOf(IntegrationOutcome outcome) => new()
    {
        Preset = outcome.Options.Preset,
        Options = (SpaMiOptions)outcome.Options.Parameters,
        Seed = outcome.Options.Seed,
        Preprocessing = [.. outcome.Result.Preprocessed.Select(p => p.Fitted)],
        Weights = outcome.Result.Trained.Weights!,
    };
}
