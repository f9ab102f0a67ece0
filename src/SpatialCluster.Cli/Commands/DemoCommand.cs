using System.CommandLine;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;
using SpatialCluster.Cli.Progress;
using SpatialCluster.Cli.Simulating;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Loading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.SpaMi;
using SpatialCluster.Simulation;

namespace SpatialCluster.Cli.Commands;

/// <summary>The whole way on a small simulated slice.</summary>
internal sealed class DemoCommand : ExplainedCommand
{
    /// <summary>Enough for the demo's slice; the preset trains longer.</summary>
    public const int DefaultEpochs = 300;

    private const string DefaultFolder = "spatialcluster-demo";

    private readonly CommandContext _context;
    private readonly DemoOptions _options;
    private readonly FolderOptions _output;

    public DemoCommand(CommandContext context)
        : base("demo", $"Shows the whole way in under a minute: simulates RNA and protein on a small slice with noise, integrates it with the preset {MethodCatalogue.SpaMi.Presets[0].Name} (shortened to {DefaultEpochs} epochs), scores the domains against the truth, and writes a report to open.")
    {
        _context = context;
        _options = Add(new DemoOptions());
        _output = Add(new FolderOptions("DIR", $"Where the files go (default ./{DefaultFolder}).", required: false));
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster demo", "spatialcluster demo --epochs 1000 --seed 7 --out my-demo"];

    private int Run(ParseResult result)
    {
        string folder = _output.Folder(result) ?? DefaultFolder;
        SimulationOptions simulation = _options.Simulation(result);
        int threads = _options.Threads(result);
        SimulationFiles.MakeFolder(folder);
        IntegrationSummary summary = ProgressDisplay.Watch(_context, progress =>
        {
            progress.Stage("simulate");
            IReadOnlyList<string> files;
            using (var team = new ThreadTeam(threads))
                files = SimulationFiles.Write(folder, SliceSimulator.Simulate(simulation, team), simulation);
            return IntegrationRun.Execute(Request(folder, files, simulation, _options.Epochs(result), threads), _context, progress);
        });
        int usual = ((SpaMiOptions)MethodCatalogue.SpaMi.Presets[0].Options).Epochs;
        string[] own = summary.Epochs < usual ? [$"Training was shortened to {summary.Epochs} of the preset's {usual:N0} epochs (--epochs {usual} does them all)."] : [];
        summary = summary with { Notes = [.. own, .. summary.Notes] };
        if (_output.Json(result))
        {
            JsonOutput.Write(_context.Output, summary);
            return ExitCode.Done;
        }

        var sheet = new Sheet(_context);
        IntegrationSheet.Write(sheet, summary);
        sheet.Line();
        sheet.Line($"Open {Path.GetFullPath(summary.Outputs.Report!)} in a browser.");
        return ExitCode.Done;
    }

    private static IntegrationRequest Request(string folder, IReadOnlyList<string> files, SimulationOptions simulation, int epochs, int threads)
    {
        Preset preset = MethodCatalogue.SpaMi.Presets[0];
        return new IntegrationRequest
        {
            Slice = new SliceRequest
            {
                Name = "Demo",
                Modalities = [.. simulation.Modalities.Select((m, i) => new ModalityRequest { Name = m.Name, Kind = m.Kind, Path = files[i], FractionsExpected = true })],
                Truth = TruthSource.Parse($"obs:{SliceSimulator.TruthName}"),
            },
            Options = new IntegrationOptions
            {
                Preset = preset.Name,
                Method = MethodCatalogue.SpaMi,
                Parameters = (SpaMiOptions)preset.Options with { Epochs = epochs },
                Preprocessing = [.. simulation.Modalities.Select(m => preset.PreprocessingOf(m.Kind) with { FewerComponents = true })],
                Domains = preset.Domains with { Domains = 5 },
                Seed = simulation.Seed,
            },
            Run = new RunSettings { Threads = threads },
            KeepsCheckpoint = false,
            Outputs = new OutputFiles
            {
                Data = Path.Combine(folder, "out.h5ad"),
                Report = Path.Combine(folder, "report.html"),
                Pictures = [Path.Combine(folder, "domains.png"), Path.Combine(folder, "domains.svg")],
                Table = Path.Combine(folder, "domains.csv"),
            },
        };
    }
}
