using System.CommandLine;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Inspection;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Commands;

/// <summary>Looks into files.</summary>
internal sealed class InspectCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly Argument<string[]> _files;
    private readonly InspectOptions _options;

    public InspectCommand(CommandContext context)
        : base("inspect", "Tells what is in files: format, shape, layers, embeddings, labels, values, problems, which options would help, and the memory that training on all of them together would take.")
    {
        _context = context;
        _files = new Argument<string[]>("FILE") { Description = "Files or 10x folders.", Arity = ArgumentArity.OneOrMore };
        _files.Validators.Add(given =>
        {
            if (given.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } option)
                given.AddError($"There is no option '{option.Value}'.");
        });
        Arguments.Add(_files);
        _options = Add(new InspectOptions());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster inspect rna.h5ad protein.h5ad", "spatialcluster inspect --untrusted --json download.h5"];

    private int Run(ParseResult result)
    {
        string[] paths = result.GetRequiredValue(_files);
        foreach (string path in paths)
            InputFile.Check(path);
        if (_options.Untrusted(result))
            return IsolatedInspection.Run(paths, _options.Json(result), _context);
        var files = new List<FileInspection>();
        foreach (string path in paths)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            files.Add(FileInspector.Inspect(path));
        }

        TrainingForecast? forecast = TrainingForecast.Of([.. files.SelectMany(f => f.Tables)], Environment.ProcessorCount);
        if (_options.Json(result))
            JsonOutput.Write(_context.Output, new { Files = files, Forecast = forecast });
        else
            InspectionSheet.Write(new Sheet(_context), files, forecast);
        return ExitCode.Done;
    }
}
