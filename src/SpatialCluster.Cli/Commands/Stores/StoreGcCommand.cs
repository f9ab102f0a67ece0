using System.CommandLine;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Commands.Stores;

/// <summary>Removes what no campaign has.</summary>
internal sealed class StoreGcCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly StoreOptionSet _store;
    private readonly CollectionOptionSet _collection;
    private readonly TellingOptionSet _telling;

    public StoreGcCommand(CommandContext context)
        : base("gc", "Removes what no campaign of the store has, and with --older-than campaigns that nobody touched. It is safe beside running campaigns.")
    {
        _context = context;
        _store = Add(new StoreOptionSet());
        _collection = Add(new CollectionOptionSet(byAge: true));
        _telling = Add(new TellingOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster store gc --store results --dry-run", "spatialcluster store gc --store results --older-than 30d"];

    private int Run(ParseResult result)
    {
        using var session = _store.Open(result, create: false);
        var options = new CollectionOptions { DryRun = _collection.DryRun(result), Grace = _collection.Grace(result), OlderThan = _collection.OlderThan(result) };
        CollectionReport report = GarbageCollection.RunAsync(session.Store, options, _context.Clock, _context.Cancellation).GetAwaiter().GetResult();
        if (_telling.Json(result))
            JsonOutput.Write(_context.Output, report);
        else
            CollectionSheet.Write(new Sheet(_context), report);
        return ExitCode.Done;
    }
}
