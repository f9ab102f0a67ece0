using System.CommandLine;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Commands.Stores;

/// <summary>Whether everything in a store is whole.</summary>
internal sealed class StoreVerifyCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly StoreOptionSet _store;
    private readonly TellingOptionSet _telling;

    public StoreVerifyCommand(CommandContext context)
        : base("verify", "Reads everything in a store and compares it with its digest; says what is damaged or missing, and what to do. Exit code 2 where something is.")
    {
        _context = context;
        _store = Add(new StoreOptionSet());
        _telling = Add(new TellingOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster store verify --store results"];

    private int Run(ParseResult result)
    {
        using var session = _store.Open(result, create: false);
        StoreVerification found = StoreVerification.RunAsync(session.Store, null, _context.Cancellation).GetAwaiter().GetResult();
        int code = found.Problems.Count == 0 ? ExitCode.Done : ExitCode.BadInput;
        if (_telling.Json(result))
        {
            JsonOutput.Write(_context.Output, new
            {
                found.Blobs,
                found.Results,
                found.Orphans,
                Problems = found.Problems.Select(p => new { Name = p.Name.Value, p.What, p.WayOut }),
            });
            return code;
        }

        var sheet = new Sheet(_context);
        sheet.Title(found.Problems.Count == 0 ? "Everything is whole." : $"{found.Problems.Count:N0} {(found.Problems.Count == 1 ? "thing is" : "things are")} wrong.");
        foreach (StoreProblem problem in found.Problems)
            sheet.Line($"  · {problem.Name}: {problem.What.TrimEnd('.')}; {problem.WayOut}.");
        sheet.Line($"{found.Blobs:N0} blobs and {found.Results:N0} results were read; {found.Orphans:N0} blobs belong to no result ('store gc' removes them).");
        return code;
    }
}
