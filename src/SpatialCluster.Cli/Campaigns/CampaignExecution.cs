using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Reports;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>Runs a submitted campaign, and writes its report.</summary>
/// <param name="session">The store.</param>
/// <param name="context">Cancellation, clock, where progress goes.</param>
internal sealed class CampaignExecution(StoreSession session, CommandContext context)
{
    /// <summary>Where the store is.</summary>
    public string Store => session.Store.Location;

    /// <summary>Runs what is missing.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="engine">What brings grains to devices.</param>
    /// <param name="folder">Where the report goes.</param>
    /// <param name="notes">What is to be told beside the results.</param>
    /// <returns>What is to be told of it.</returns>
    /// <exception cref="OperationCanceledException">Stopped; the campaign can be resumed.</exception>
    public CampaignSummary Run(CampaignPlan plan, EngineSetting engine, string folder, IReadOnlyList<string> notes)
    {
        long start = context.Clock.GetTimestamp();
        CampaignOutcome outcome = CampaignProgressDisplay.Watch(context, plan, observer => engine.RunAsync(session, context, plan, observer).GetAwaiter().GetResult());
        (CampaignReport report, CampaignOutputs outputs) = WriteReport(plan, folder);
        return CampaignSummary.Of(plan, report, outcome, outputs, session.Store.Location, context.Clock.GetElapsedTime(start).TotalSeconds, notes);
    }

    /// <summary>Writes the report of what is there.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="folder">Where it goes.</param>
    public (CampaignReport Report, CampaignOutputs Outputs) WriteReport(CampaignPlan plan, string folder)
    {
        var circumstances = new ReportCircumstances(
            ProductVersion.Text, context.CommandText, context.Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture));
        CampaignReport report = new CampaignReportBuilder(session.Records).BuildAsync(plan, circumstances, context.Cancellation).GetAwaiter().GetResult();
        var outputs = CampaignOutputs.In(folder);
        outputs.Write(report);
        return (report, outputs);
    }
}
