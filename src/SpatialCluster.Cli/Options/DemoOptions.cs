using System.CommandLine;
using SpatialCluster.Cli.Commands;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Simulation;

namespace SpatialCluster.Cli.Options;

/// <summary>The little that the demo lets one change.</summary>
internal sealed class DemoOptions : OptionSet
{
    private readonly Option<int?> _epochs;
    private readonly Option<int?> _grid;
    private readonly Option<double?> _noise;
    private readonly Option<ulong?> _seed;
    private readonly Option<int?> _threads;

    public DemoOptions()
        : base("Demo")
    {
        _epochs = One<int?>("--epochs", "N", $"Passes over the slice (default {DemoCommand.DefaultEpochs}).");
        _grid = One<int?>("--grid", "N", "Spots along a side, a multiple of 6 (default 36).");
        _noise = One<double?>("--noise", "L", "The noise level (default 0.4).");
        _seed = One<ulong?>("--seed", "N", "Decides everything that is drawn (default 0).");
        _threads = One<int?>("--threads", "N", "Threads (default: all cores).");
    }

    public int Epochs(ParseResult result) => result.GetValue(_epochs) switch
    {
        null => DemoCommand.DefaultEpochs,
        < 1 => throw new BadInputException("--epochs must be at least 1."),
        int epochs => epochs,
    };

    public int Threads(ParseResult result) => RunOptions.Threads(result.GetValue(_threads));

    public SimulationOptions Simulation(ParseResult result)
    {
        int side = result.GetValue(_grid) ?? 36;
        return new SimulationOptions { Rows = side, Columns = side, NoiseLevel = result.GetValue(_noise) ?? 0.4, Seed = result.GetValue(_seed) ?? 0 };
    }
}
