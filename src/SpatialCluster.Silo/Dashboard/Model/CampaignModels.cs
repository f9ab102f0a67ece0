using System.Collections.Concurrent;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Silo.Dashboard.Api;

namespace SpatialCluster.Silo.Dashboard.Model;

/// <summary>The campaigns of a store, each read when it is first asked for.</summary>
internal sealed class CampaignModels(DashboardSource source)
{
    private readonly StoreSurvey _survey = new(source.Records, source.Clock);
    private readonly ConcurrentDictionary<string, CampaignModel> _known = new(StringComparer.Ordinal);

    /// <summary>Those that somebody has asked for.</summary>
    public IReadOnlyCollection<CampaignModel> Known => [.. _known.Values];

    /// <summary>All campaigns there are; one whose plan this program cannot read is told of, and does not hide the others.</summary>
    public async Task<IReadOnlyList<(string Id, CampaignModel? Model, string? Trouble)>> AllAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string> ids = await source.Campaigns.ListAsync(cancellation).ConfigureAwait(false);
        foreach (string gone in _known.Keys.Except(ids, StringComparer.Ordinal))
            _known.TryRemove(gone, out _);
        var all = new List<(string, CampaignModel?, string?)>(ids.Count);
        foreach (string id in ids)
        {
            try
            {
                all.Add((id, await FindAsync(id, cancellation).ConfigureAwait(false), null));
            }
            catch (SpatialClusterException trouble) when (trouble is not StoreFailedException)
            {
                all.Add((id, null, trouble.Message));
            }
        }

        return all;
    }

    /// <summary>A campaign by its whole name.</summary>
    /// <exception cref="MissingException">There is none.</exception>
    public async Task<CampaignModel> FindAsync(string id, CancellationToken cancellation)
    {
        if (!IsId(id))
            throw new MissingException($"There is no campaign '{id}': its name is made of a-z, 0-9, '-', '_' and '.'.");
        ArtifactName name = StoreLayout.CampaignPlan(id);
        ArtifactInfo? info = await GrainRecords.Guard(source.Records.Store.FindAsync(name, cancellation)).ConfigureAwait(false);
        // One that was deleted and submitted again has other results, or none yet.
        if (info is not null && _known.TryGetValue(id, out CampaignModel? known))
        {
            if (known.Submitted == info.Written)
                return known;
            _known.TryRemove(KeyValuePair.Create(id, known));
        }

        if (info is null || await source.Records.ReadAsync(name, cancellation).ConfigureAwait(false) is not { } bytes)
            throw new MissingException($"There is no campaign '{id}' in this store; the list of campaigns names those there are.");
        CampaignPlan plan = CampaignPlan.Parse(bytes, $"{name} in {source.Records.Store.Location}");
        return _known.GetOrAdd(id, _ => new CampaignModel(plan, info.Written, source, _survey));
    }

    /// <summary>Whether a text may be the name of a campaign or a silo.</summary>
    public static bool IsId(string id) =>
        id.Length is > 0 and <= 200 && id[0] != '.' && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');
}
