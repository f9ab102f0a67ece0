using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>What came of handing a campaign over to silos.</summary>
/// <param name="Active">The activation that was made; null where silos had the campaign already, or nothing of it is left to do.</param>
/// <param name="Before">The grains that had ended before that; null where silos had the campaign already.</param>
public readonly record struct CampaignHandover(ActiveCampaign? Active, IReadOnlySet<GrainKey>? Before)
{
    /// <summary>Makes a campaign that is in the store active, with everything forgiven that had failed; one that is active stays as it is.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="records">The store.</param>
    /// <param name="cancellation">Stops; doing it again goes on.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    public static async Task<CampaignHandover> MakeAsync(CampaignPlan plan, GrainRecords records, CancellationToken cancellation)
    {
        var campaigns = new CampaignStore(records);
        if (await FindAsync(plan, campaigns, cancellation).ConfigureAwait(false) is not null)
            return default;
        await campaigns.ReviveAsync(plan, cancellation).ConfigureAwait(false);
        var ledger = new CampaignLedger(plan, records);
        HashSet<GrainKey> before = [.. (await ledger.AdvanceAsync(cancellation).ConfigureAwait(false)).Select(there => there.Key)];
        if (ledger.Finished)
            return new CampaignHandover(null, before);
        await campaigns.ActivateAsync(plan.Id, cancellation).ConfigureAwait(false);
        return new CampaignHandover(await FindAsync(plan, campaigns, cancellation).ConfigureAwait(false), before);
    }

    /// <summary>The campaign's present activation.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="campaigns">The store.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The activation; null where the campaign is not active.</returns>
    public static async Task<ActiveCampaign?> FindAsync(CampaignPlan plan, CampaignStore campaigns, CancellationToken cancellation) =>
        (await campaigns.ActiveAsync(cancellation).ConfigureAwait(false)).FirstOrDefault(c => c.Id == plan.Id);
}
