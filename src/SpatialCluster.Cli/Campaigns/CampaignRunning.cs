using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>Runs a submitted campaign for a command, and tells how it went.</summary>
internal static class CampaignRunning
{
    /// <summary>Where a report goes when nobody says.</summary>
    public static string FolderOf(CampaignPlan plan) => $"{plan.Name}-report";

    /// <summary>Runs.</summary>
    /// <returns>The exit code: 1 where runs failed, 3 where it was stopped.</returns>
    public static int Run(
        CampaignExecution execution, CommandContext context, CampaignPlan plan, EngineSetting engine, string? folder, IReadOnlyList<string> notes, bool json)
    {
        CampaignSummary summary;
        try
        {
            summary = execution.Run(plan, engine, folder ?? FolderOf(plan), notes);
        }
        catch (OperationCanceledException)
        {
            string store = execution.Store.Contains(' ', StringComparison.Ordinal) ? $"\"{execution.Store}\"" : execution.Store;
            context.Error.WriteLine($"spatialcluster: {engine.Interrupted(plan, store)}");
            return ExitCode.Cancelled;
        }

        Tell(context, summary, json);
        return summary.FailedRuns > 0 || summary.Outcome is { Failed: > 0 } ? ExitCode.FailedRuns : ExitCode.Done;
    }

    /// <summary>Tells of a campaign.</summary>
    public static void Tell(CommandContext context, CampaignSummary summary, bool json)
    {
        if (json)
            JsonOutput.Write(context.Output, summary);
        else
            CampaignSheet.Write(new Sheet(context), summary);
    }
}
