using System.CommandLine;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Commands.Campaigns;

/// <summary>Removes a campaign from a store.</summary>
internal sealed class CampaignDeleteCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly CampaignIdArgument _id = new();
    private readonly StoreOptionSet _store;
    private readonly CollectionOptionSet _collection;
    private readonly TellingOptionSet _telling;

    public CampaignDeleteCommand(CommandContext context)
        : base("delete", "Deletes a campaign, and those of its results that no other campaign has.")
    {
        _context = context;
        Arguments.Add(_id);
        _store = Add(new StoreOptionSet());
        _collection = Add(new CollectionOptionSet(byAge: false));
        _telling = Add(new TellingOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster campaign delete demo --store results --dry-run"];

    private int Run(ParseResult result)
    {
        using var session = _store.Open(result, create: false);
        string id = session.Campaigns.PlanAsync(result.GetValue(_id)!, _context.Cancellation).GetAwaiter().GetResult().Id;
        CollectionReport report = CampaignDeletion.DeleteAsync(
            session.Store, id, _collection.DryRun(result), _collection.Grace(result), _context.Clock, _context.Cancellation).GetAwaiter().GetResult();
        if (_telling.Json(result))
            JsonOutput.Write(_context.Output, report);
        else
            CollectionSheet.Write(new Sheet(_context), report);
        return ExitCode.Done;
    }
}
