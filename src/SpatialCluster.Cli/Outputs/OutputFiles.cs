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
    /// <summary>The <c>.h5ad</c> file; written last, so that its presence says that all is there.</summary>
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

    /// <summary>Writes everything. Where one file fails, none remains.</summary>
    public void Write(IntegrationOutcome outcome, ThreadTeam team, CommandContext context)
    {
        var written = new List<string>();
        try
        {
            foreach (string picture in Pictures)
                Put(picture, () => DomainPicture.Write(picture, outcome));
            if (Table is not null)
                Put(Table, () => SpotTable.Write(Table, outcome));
            if (Report is not null)
                Put(Report, () => ReportPage.Write(Report, outcome, team, context));
            if (outcome.Request.SaveModel is { } model)
                Put(model, () => ModelOf(outcome).Save(model));
            Put(Data, () => IntegrationDocument.Write(Data, outcome, team));
        }
        catch
        {
            written.ForEach(File.Delete);
            throw;
        }

        void Put(string path, Action write)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            write();
            written.Add(path);
        }
    }

    private IEnumerable<string> All(IntegrationRequest request) =>
        [.. Pictures, .. new[] { Table, Report, request.SaveModel }.OfType<string>(), Data, request.CheckpointPath];

    private static SpaMiModel ModelOf(IntegrationOutcome outcome) => new()
    {
        Preset = outcome.Options.Preset,
        Options = outcome.Options.SpaMi,
        Seed = outcome.Options.Seed,
        Preprocessing = [.. outcome.Result.Preprocessed.Select(p => p.Fitted)],
        Weights = outcome.Result.SpaMi.Weights,
    };
}
