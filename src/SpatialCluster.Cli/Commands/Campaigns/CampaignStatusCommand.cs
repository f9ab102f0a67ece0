using System.CommandLine;
using System.Globalization;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Commands.Campaigns;

/// <summary>Where campaigns stand.</summary>
internal sealed class CampaignStatusCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly Argument<string?> _id;
    private readonly StoreOptionSet _store;
    private readonly TellingOptionSet _telling;

    public CampaignStatusCommand(CommandContext context)
        : base("status", "Says where the campaigns of a store stand; of one campaign also what runs and what failed. It may be asked from anywhere while the campaign runs.")
    {
        _context = context;
        _id = new Argument<string?>("ID") { Description = "One campaign, or the beginning of its name; without it, all.", Arity = ArgumentArity.ZeroOrOne };
        Arguments.Add(_id);
        _store = Add(new StoreOptionSet());
        _telling = Add(new TellingOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster campaign status --store results", "spatialcluster campaign status demo --json"];

    private int Run(ParseResult result)
    {
        using var session = _store.Open(result, create: false);
        string? id = result.GetValue(_id);
        IReadOnlyList<string> ids = id is null ? session.Campaigns.ListAsync(_context.Cancellation).GetAwaiter().GetResult() : [id];
        CampaignStanding[] all = [.. ids.Select(one => Standing(session, one))];
        if (_telling.Json(result))
        {
            JsonOutput.Write(_context.Output, id is null ? new { Campaigns = all } : (object)all[0]);
            return ExitCode.Done;
        }

        var sheet = new Sheet(_context);
        if (all.Length == 0)
            sheet.Line($"No campaign was run in {session.Store.Location}.");
        else
            sheet.Table(["campaign", "grains", "done", "running", "waiting", "failed", ""], all.Select(Row));
        if (id is not null)
            Details(sheet, all[0]);
        return ExitCode.Done;
    }

    private static string[] Row(CampaignStanding campaign) =>
    [
        campaign.Id, Number(campaign.Grains), Number(campaign.Done), Number(campaign.Running.Count), Number(campaign.Waiting), Number(campaign.Failed.Count),
        campaign.Done == campaign.Grains ? "complete" : campaign.Cancelled ? "cancelled" : "",
    ];

    private static void Details(Sheet sheet, CampaignStanding campaign)
    {
        if (campaign.Running.Count > 0)
            sheet.Title("Running");
        foreach (string title in campaign.Running)
            sheet.Line($"  · {title}");
        if (campaign.Failed.Count > 0)
            sheet.Title("Failed");
        foreach (FailedGrain failed in campaign.Failed)
            sheet.Line($"  · {failed.Title}: {failed.Error}");
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private CampaignStanding Standing(StoreSession session, string id)
    {
        CampaignPlan plan = session.Campaigns.PlanAsync(id, _context.Cancellation).GetAwaiter().GetResult();
        IReadOnlyList<GrainStatus> grains = session.Campaigns.StatusAsync(plan, _context.Clock, _context.Cancellation).GetAwaiter().GetResult();
        return new CampaignStanding(
            plan.Id,
            plan.Grains.Count,
            grains.Count(g => g.Standing == GrainStanding.Done),
            grains.Count(g => g.Standing == GrainStanding.Waiting),
            [.. grains.Where(g => g.Standing == GrainStanding.Running).Select(g => g.Grain.Title)],
            [.. grains.Where(g => g.Standing == GrainStanding.Failed).Select(g => new FailedGrain(g.Grain.Title, g.Failure!.Message))],
            session.Campaigns.IsCancelledAsync(plan.Id, _context.Cancellation).GetAwaiter().GetResult());
    }

    /// <summary>A campaign; the names are those of <c>--json</c>.</summary>
    private sealed record CampaignStanding(string Id, int Grains, int Done, int Waiting, IReadOnlyList<string> Running, IReadOnlyList<FailedGrain> Failed, bool Cancelled);

    /// <summary>A grain that was given up.</summary>
    private sealed record FailedGrain(string Title, string Error);
}
