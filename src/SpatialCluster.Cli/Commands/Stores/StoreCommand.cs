using System.CommandLine;
using SpatialCluster.Cli.Hosting;

namespace SpatialCluster.Cli.Commands.Stores;

/// <summary>Everything about stores.</summary>
internal sealed class StoreCommand : Command
{
    public StoreCommand(CommandContext context)
        : base("store", "Looks after a store of results: what takes its space, whether everything is whole, and what may go.")
    {
        Add(new StoreDuCommand(context));
        Add(new StoreVerifyCommand(context));
        Add(new StoreGcCommand(context));
    }
}
