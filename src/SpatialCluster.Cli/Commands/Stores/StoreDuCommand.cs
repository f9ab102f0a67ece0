using System.CommandLine;
using System.Globalization;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Commands.Stores;

/// <summary>What takes the space of a store.</summary>
internal sealed class StoreDuCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly StoreOptionSet _store;
    private readonly TellingOptionSet _telling;

    public StoreDuCommand(CommandContext context)
        : base("du", "Says what takes the space of a store: by kind, and by campaign (what several share counts for each).")
    {
        _context = context;
        _store = Add(new StoreOptionSet());
        _telling = Add(new TellingOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster store du --store results"];

    private int Run(ParseResult result)
    {
        using var session = _store.Open(result, create: false);
        StoreUsage usage = StoreUsage.MeasureAsync(session.Store, byCampaign: true, _context.Cancellation).GetAwaiter().GetResult();
        if (_telling.Json(result))
        {
            JsonOutput.Write(_context.Output, usage);
            return ExitCode.Done;
        }

        var sheet = new Sheet(_context);
        sheet.Title($"{session.Store.Location}: {CollectionSheet.Size(usage.Bytes)}");
        sheet.Table(["kind", "artifacts", "size"], usage.ByKind.Select(Row));
        if (usage.ByCampaign.Count > 0)
            sheet.Table(["campaign", "artifacts", "size"], usage.ByCampaign.Select(Row));
        return ExitCode.Done;
    }

    private static string[] Row(UsageEntry entry) => [entry.What, entry.Artifacts.ToString("N0", CultureInfo.InvariantCulture), CollectionSheet.Size(entry.Bytes)];
}
