using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Silo.Dashboard.Live;

/// <summary>
/// What was heard since the last telling. Of the progress of a grain only the last word stays; of what began or ended only names, since where it stands
/// is looked up in the store anyway. All of it is bounded.
/// </summary>
internal sealed class EventPile
{
    private const int MostNames = 1024;

    private readonly Lock _gate = new();
    private Dictionary<string, ClusterEvent> _progress = new(StringComparer.Ordinal);
    private Dictionary<string, HashSet<string>?> _campaigns = new(StringComparer.Ordinal);
    private bool _silos;

    /// <summary>Puts an event on the pile; never blocks for long.</summary>
    public void Add(ClusterEvent heard)
    {
        lock (_gate)
        {
            switch (heard.Kind)
            {
                case ClusterEventKind.GrainEpoch or ClusterEventKind.GrainStage:
                    Progress(heard);
                    break;
                case ClusterEventKind.GrainStarted:
                    Progress(heard);
                    Touch(heard.Campaign, heard.Grain);
                    break;
                case ClusterEventKind.GrainEnded or ClusterEventKind.GrainReturned:
                    Touch(heard.Campaign, heard.Grain);
                    break;
                case ClusterEventKind.CampaignEnded or ClusterEventKind.CampaignCancelled:
                    Touch(heard.Campaign, null);
                    break;
                case ClusterEventKind.Silo:
                    _silos = true;
                    break;
            }
        }
    }

    /// <summary>Takes everything off: progress; the campaigns to look at, with the grains, or null for all of them; whether a silo changed.</summary>
    public (IReadOnlyCollection<ClusterEvent> Progress, IReadOnlyDictionary<string, HashSet<string>?> Campaigns, bool Silos) Take()
    {
        lock (_gate)
        {
            var taken = (_progress.Values, _campaigns, _silos);
            (_progress, _campaigns, _silos) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal), false);
            return taken;
        }
    }

    private void Progress(ClusterEvent heard)
    {
        if (heard.Grain is { } grain && (_progress.Count < MostNames || _progress.ContainsKey(grain)))
            _progress[grain] = heard;
    }

    private void Touch(string campaign, string? grain)
    {
        if (campaign.Length == 0 || (_campaigns.Count >= MostNames && !_campaigns.ContainsKey(campaign)))
            return;
        if (!_campaigns.TryGetValue(campaign, out HashSet<string>? grains))
            _campaigns[campaign] = grains = grain is null ? null : new HashSet<string>(StringComparer.Ordinal);
        if (grain is null || grains?.Count >= MostNames)
            _campaigns[campaign] = null;
        else
            grains?.Add(grain);
    }
}
