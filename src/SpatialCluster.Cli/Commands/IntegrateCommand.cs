using System.CommandLine;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;
using SpatialCluster.Cli.Progress;

namespace SpatialCluster.Cli.Commands;

/// <summary>The main job.</summary>
internal sealed class IntegrateCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly IntegrationArguments _arguments;

    public IntegrateCommand(CommandContext context)
        : base("integrate", "Integrates the modalities of one slice: reads, preprocesses, trains (or applies a model), finds domains, scores, and writes. One modality alone works, too.")
    {
        _context = context;
        _arguments = new IntegrationArguments(
            Add(new SliceOptions()), Add(new MethodOptionSet()), Add(new PreprocessingOptionSet()), Add(new DomainOptionSet()), Add(new ModelOptions()), Add(new RunOptions()), Add(new OutputOptions()));
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "spatialcluster integrate --modality rna=rna.h5ad --modality protein=protein.h5ad \\\n    --domains 5 --seed 0 --out out.h5ad --report out.html",
        "spatialcluster integrate --modality protein=protein.csv.gz --modality metabolite=msi.csv.gz \\\n    --coordinates xy.csv --truth labels.csv:domain --resolution 0.5 --out out.h5ad --picture domains.png",
        "spatialcluster integrate --modality rna=scaled.h5ad --layer rna=counts --preset paper/mouse-thymus --epochs 300 \\\n    --components rna=30 --no-cosine --out out.h5ad --json",
    ];

    /// <summary>What a parsed command line asks for.</summary>
    public IntegrationRequest Read(ParseResult result) => _arguments.Read(result);

    private int Run(ParseResult result)
    {
        IntegrationRequest request = Read(result);
        IntegrationRun.Check(request);
        DateTime earlier = File.GetLastWriteTimeUtc(request.CheckpointPath);
        IntegrationSummary summary;
        try
        {
            summary = ProgressDisplay.Watch(_context, progress => IntegrationRun.Execute(request, _context, progress));
        }
        catch (OperationCanceledException)
        {
            // A checkpoint of an earlier run may lie there, which says nothing about this one.
            bool kept = File.Exists(request.CheckpointPath) && (request.Run.Resume || File.GetLastWriteTimeUtc(request.CheckpointPath) != earlier);
            _context.Error.WriteLine(kept
                ? $"spatialcluster: Cancelled. The training so far is kept in {request.CheckpointPath}; run the same command with --resume to continue."
                : "spatialcluster: Cancelled; nothing was written.");
            return ExitCode.Cancelled;
        }

        if (_arguments.Output.Json(result))
            JsonOutput.Write(_context.Output, summary);
        else
            IntegrationSheet.Write(new Sheet(_context), summary);
        return ExitCode.Done;
    }
}
