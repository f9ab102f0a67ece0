using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Submission;

/// <summary>The campaigns of a store.</summary>
/// <param name="records">The store.</param>
public sealed class CampaignStore(GrainRecords records)
{
    private const string PlanEnd = "/plan.json";

    /// <summary>Submits a campaign: its document, its plan, and the specs of its grains. One that is there stays as it is.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="specs">The spec of each of its grains.</param>
    /// <param name="document">The document as it was given.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it is there.</returns>
    public async Task SubmitAsync(CampaignPlan plan, IReadOnlyDictionary<GrainKey, GrainSpec> specs, byte[] document, CancellationToken cancellation = default)
    {
        await records.PutAsync(StoreLayout.CampaignDocument(plan.Id), document, cancellation).ConfigureAwait(false);
        FaultPoint.Reach(RunnerFaultPoints.Documented);
        // The plan comes first: what it names, a collection that runs beside this spares.
        await PutPlanAsync(plan, cancellation).ConfigureAwait(false);
        FaultPoint.Reach(RunnerFaultPoints.Planned);
        await Several.ForEachAsync(plan.Grains.Count, async place =>
        {
            GrainKey key = plan.Grains[place].Key;
            ArtifactName name = StoreLayout.Spec(key);
            if (await GrainRecords.Guard(records.Store.FindAsync(name, cancellation)).ConfigureAwait(false) is null)
                await records.PutAsync(name, CanonicalJson.Bytes(specs[key].Json), cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        FaultPoint.Reach(RunnerFaultPoints.Specified);
    }

    // The same document gives the same plan, but for the form in which an earlier program wrote it down.
    private async Task PutPlanAsync(CampaignPlan plan, CancellationToken cancellation)
    {
        ArtifactName name = StoreLayout.CampaignPlan(plan.Id);
        byte[] bytes = plan.ToJson();
        if (await records.PutAsync(name, bytes, cancellation).ConfigureAwait(false))
            return;
        OpenArtifact? open = await GrainRecords.Guard(records.Store.OpenAsync(name, null, cancellation)).ConfigureAwait(false);
        if (open is null)
            return;
        await using (open.ConfigureAwait(false))
        {
            byte[] there = await GrainRecords.Guard(GrainRecords.AllOf(open.Content, cancellation)).ConfigureAwait(false);
            if (!CampaignPlan.IsOlder(there))
                return;
            await GrainRecords.Guard(records.Store.ReplaceAsync(name, open.Tag, (stream, stop) => stream.WriteAsync(bytes, stop).AsTask(), cancellation)).ConfigureAwait(false);
        }
    }

    /// <summary>The campaigns there are, by rising name.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation = default)
    {
        var ids = new List<string>();
        foreach (ArtifactInfo info in await records.ListAsync(StoreLayout.Campaigns, cancellation).ConfigureAwait(false))
        {
            if (info.Name.Value.EndsWith(PlanEnd, StringComparison.Ordinal))
                ids.Add(info.Name.Value[StoreLayout.Campaigns.Length..^PlanEnd.Length]);
        }

        return ids;
    }

    /// <summary>A campaign's plan.</summary>
    /// <param name="id">The campaign, or the beginning of its name where only one begins so.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="BadInputException">There is none, or there are several.</exception>
    public async Task<CampaignPlan> PlanAsync(string id, CancellationToken cancellation = default)
    {
        IReadOnlyList<string> all = await ListAsync(cancellation).ConfigureAwait(false);
        string[] meant = all.Contains(id, StringComparer.Ordinal) ? [id] : [.. all.Where(known => known.StartsWith(id, StringComparison.Ordinal))];
        if (meant.Length != 1)
        {
            throw new BadInputException(
                (meant.Length == 0 ? $"There is no campaign '{id}' in {records.Store.Location}; " : $"'{id}' begins the names of several campaigns in {records.Store.Location}; ")
                + (all.Count == 0 ? "none was run there." : Suggestions.Sentence(id, meant.Length == 0 ? [.. all] : meant)));
        }

        ArtifactName name = StoreLayout.CampaignPlan(meant[0]);
        byte[] bytes = await records.ReadAsync(name, cancellation).ConfigureAwait(false)
            ?? throw new BadInputException($"The campaign '{meant[0]}' was deleted just now.");
        return CampaignPlan.Parse(bytes, $"{name} in {records.Store.Location}");
    }

    /// <summary>A campaign's document, as it was given.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>UTF-8.</returns>
    public async Task<byte[]> DocumentAsync(string id, CancellationToken cancellation = default) =>
        await records.ReadAsync(StoreLayout.CampaignDocument(id), cancellation).ConfigureAwait(false) ?? [];

    /// <summary>The rows that a campaign's tables have.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The rows.</returns>
    public async Task<IReadOnlyList<ReportRow>> RowsAsync(CampaignPlan plan, CancellationToken cancellation = default)
    {
        JsonObject spec = await records.ReadSpecAsync(plan.Report, cancellation).ConfigureAwait(false);
        return ReportSpec.Parse(spec).Rows;
    }

    /// <summary>Where every grain of a campaign stands.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="clock">The clock that claims go by.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>In the plan's order.</returns>
    public async Task<IReadOnlyList<GrainStatus>> StatusAsync(CampaignPlan plan, TimeProvider clock, CancellationToken cancellation = default)
    {
        var all = new List<GrainStatus>(plan.Grains.Count);
        foreach (PlannedGrain grain in plan.Grains)
        {
            if (await records.FindResultAsync(grain.Key, cancellation).ConfigureAwait(false) is not null)
                all.Add(new GrainStatus(grain, GrainStanding.Done, null));
            else if (await records.FindFailureAsync(grain.Key, cancellation).ConfigureAwait(false) is { } failure)
                all.Add(new GrainStatus(grain, GrainStanding.Failed, failure));
            else if (await records.FindClaimAsync(grain.Key, cancellation).ConfigureAwait(false) is { } claim && !claim.IsFree(clock.GetUtcNow()))
                all.Add(new GrainStatus(grain, GrainStanding.Running, null));
            else
                all.Add(new GrainStatus(grain, GrainStanding.Waiting, null));
        }

        return all;
    }

    /// <summary>The digest of all results of a campaign together: two runs of it that went well have the same.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The digest; null while a result is missing.</returns>
    public async Task<ContentDigest?> ResultsDigestAsync(CampaignPlan plan, CancellationToken cancellation = default)
    {
        var all = new JsonObject();
        foreach (PlannedGrain grain in plan.Grains)
        {
            if (await records.FindResultAsync(grain.Key, cancellation).ConfigureAwait(false) is not { } result)
                return null;
            all[grain.Key.ToString()] = JsonNode.Parse(result.ToJson());
        }

        return CanonicalJson.Digest(all);
    }

    /// <summary>Has silos work on a campaign.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether none did before.</returns>
    public Task<bool> ActivateAsync(string id, CancellationToken cancellation = default) =>
        records.PutAsync(StoreLayout.ActiveCampaign(id), System.Text.Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("n")), cancellation);

    /// <summary>The campaigns that silos are to work on.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Each with a tag of its activation: another activation has another.</returns>
    public async Task<IReadOnlyList<ActiveCampaign>> ActiveAsync(CancellationToken cancellation = default)
    {
        var active = new List<ActiveCampaign>();
        foreach (ArtifactInfo info in await records.ListAsync(StoreLayout.Active, cancellation).ConfigureAwait(false))
            active.Add(new ActiveCampaign(info.Name.Value[StoreLayout.Active.Length..], info.Tag));
        return active;
    }

    /// <summary>Whether silos are to work on a campaign by an activation, and not by a later one.</summary>
    /// <param name="campaign">The activation that is meant.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether.</returns>
    public async Task<bool> IsActiveAsync(ActiveCampaign campaign, CancellationToken cancellation = default) =>
        (await GrainRecords.Guard(records.Store.FindAsync(StoreLayout.ActiveCampaign(campaign.Id), cancellation)).ConfigureAwait(false))?.Tag == campaign.Activation;

    /// <summary>Has silos work on a campaign no more: all has ended, or it was cancelled.</summary>
    /// <param name="campaign">The activation that is meant.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether it was there.</returns>
    public Task<bool> DeactivateAsync(ActiveCampaign campaign, CancellationToken cancellation = default) =>
        GrainRecords.Guard(records.Store.DeleteAsync(StoreLayout.ActiveCampaign(campaign.Id), campaign.Activation, cancellation));

    /// <summary>Asks whoever runs a campaign to stop.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether nobody had asked before.</returns>
    public Task<bool> CancelAsync(string id, CancellationToken cancellation = default) =>
        records.PutAsync(StoreLayout.CampaignCancelled(id), "cancelled\n"u8.ToArray(), cancellation);

    /// <summary>Whether somebody asked to stop a campaign.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether.</returns>
    public async Task<bool> IsCancelledAsync(string id, CancellationToken cancellation = default) =>
        await GrainRecords.Guard(records.Store.FindAsync(StoreLayout.CampaignCancelled(id), cancellation)).ConfigureAwait(false) is not null;

    /// <summary>Makes a campaign fit to be run again: it is not cancelled any more, and what was given up is tried again.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>How many grains had been given up.</returns>
    public async Task<int> ReviveAsync(CampaignPlan plan, CancellationToken cancellation = default)
    {
        await GrainRecords.Guard(records.Store.DeleteAsync(StoreLayout.CampaignCancelled(plan.Id), null, cancellation)).ConfigureAwait(false);
        int forgiven = 0;
        await Several.ForEachAsync(plan.Grains.Count, async place =>
        {
            if (await records.ForgiveAsync(plan.Grains[place].Key, cancellation).ConfigureAwait(false))
                Interlocked.Increment(ref forgiven);
        }).ConfigureAwait(false);
        return forgiven;
    }
}
