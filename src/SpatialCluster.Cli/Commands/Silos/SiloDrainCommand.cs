using System.CommandLine;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Commands.Silos;

/// <summary>Has silos give their grains back.</summary>
internal sealed class SiloDrainCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly Argument<string?> _id;
    private readonly SiloChoiceOptionSet _choice;
    private readonly StoreOptionSet _store;

    public SiloDrainCommand(CommandContext context)
        : base("drain", "Asks a silo, or all, to give its grains back and take no more, as before an upgrade; other silos go on with them. Nothing is lost, and the process stays until it is stopped.")
    {
        _context = context;
        _id = new Argument<string?>("ID") { Description = "The silo as 'silo list' has it, or the beginning of its id.", Arity = ArgumentArity.ZeroOrOne };
        Arguments.Add(_id);
        _choice = Add(new SiloChoiceOptionSet());
        _store = Add(new StoreOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster silo drain node7 --store /mnt/results", "spatialcluster silo drain --all --store /mnt/results"];

    private int Run(ParseResult result)
    {
        string? id = result.GetValue(_id);
        bool all = _choice.All(result);
        if (all == id is not null)
            throw new BadInputException("Say which silo is to drain: its ID, or --all for every one; 'spatialcluster silo list' shows them.");
        using var session = StoreSession.Open(_store.Location(result), create: false);
        var registry = new SiloRegistry(session.Records);
        DateTimeOffset now = _context.Clock.GetUtcNow();
        SiloBeacon[] live = [.. registry.ListAsync(_context.Cancellation).GetAwaiter().GetResult().Where(s => s.IsLive(now))];
        SiloBeacon[] meant = all ? live : [Find(live, id!, session.Store.Location)];
        if (meant.Length == 0)
            throw new BadInputException($"No silo that uses {session.Store.Location} is alive; there is nothing to drain.");
        foreach (SiloBeacon silo in meant)
        {
            bool first = registry.DrainAsync(silo.Id, _context.Cancellation).GetAwaiter().GetResult();
            _context.Output.WriteLine(first ? $"{silo.Id} is asked to drain." : $"{silo.Id} was asked to drain before.");
        }

        _context.Error.WriteLine($"'spatialcluster silo list --store {Quoted(session.Store.Location)}' says 'draining', then 'drained' when it has given everything back; then stop it.");
        return ExitCode.Done;
    }

    private static SiloBeacon Find(SiloBeacon[] live, string id, string store)
    {
        SiloBeacon[] found = [.. live.Where(s => s.Id.StartsWith(id, StringComparison.Ordinal))];
        if (found.FirstOrDefault(s => s.Id == id) is { } exact)
            return exact;
        return found switch
        {
            [var one] => one,
            [] => throw new BadInputException($"No silo that is alive and uses {store} begins with '{id}'; {(live.Length == 0 ? "there is none at all." : $"there {(live.Length == 1 ? "is" : "are")} {string.Join(", ", live.Select(s => s.Id))}.")}"),
            _ => throw new BadInputException($"Several silos begin with '{id}': {string.Join(", ", found.Select(s => s.Id))}; give more of the id."),
        };
    }

    private static string Quoted(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}
