using System.CommandLine;
using System.Globalization;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;
using SpatialCluster.Cli.Simulating;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Simulation;

namespace SpatialCluster.Cli.Commands;

/// <summary>Draws a slice whose domains are known.</summary>
internal sealed class SimulateCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly SimulationOptionSet _slice;
    private readonly FolderOptions _output;

    public SimulateCommand(CommandContext context)
        : base("simulate", "Draws a slice whose domains are known, and writes an .h5ad file per modality: counts in X, the truth in obs['domain'], places in obsm['spatial'], and in var which factor each feature carries.")
    {
        _context = context;
        _slice = Add(new SimulationOptionSet());
        _output = Add(new FolderOptions("DIR", "The folder to write NAME.h5ad files to; made where it is missing, files of the same names are replaced.", required: true));
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "spatialcluster simulate --pattern ggblocks --modalities rna,protein --noise 0.4 --seed 1 --out slice",
        "spatialcluster simulate --modalities rna,atac,metabolite --grid 24x48 --features rna=500 --zero-inflation 0.7 --out slice",
    ];

    private int Run(ParseResult result)
    {
        SimulationOptions options = _slice.Read(result);
        using var team = new ThreadTeam(Environment.ProcessorCount);
        Slice slice = SliceSimulator.Simulate(options, team);
        _context.Cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<string> files = SimulationFiles.Write(_output.Folder(result)!, slice, options);
        if (_output.Json(result))
        {
            JsonOutput.Write(_context.Output, new
            {
                options.Pattern,
                Noise = options.NoiseLevel,
                options.Seed,
                options.Rows,
                options.Columns,
                slice.Spots,
                Domains = slice.Annotations[0].Categories.Count,
                Modalities = slice.Modalities.Select((m, i) => new { m.Name, Kind = m.Kind.ToString().ToLowerInvariant(), Features = m.FeatureNames.Count, NonZeros = m.Counts.NonZeros, Output = files[i] }),
            });
            return ExitCode.Done;
        }

        var sheet = new Sheet(_context);
        sheet.Title($"{slice.Name}: {slice.Spots:N0} spots in {slice.Annotations[0].Categories.Count} domains");
        sheet.Table(["modality", "features", "zeros", "file"], slice.Modalities.Select((m, i) => new[]
        {
            m.Name,
            m.FeatureNames.Count.ToString("N0", CultureInfo.InvariantCulture),
            (1 - (m.Counts.NonZeros / ((double)slice.Spots * m.FeatureNames.Count))).ToString("P0", CultureInfo.InvariantCulture),
            files[i],
        }));
        return ExitCode.Done;
    }
}
