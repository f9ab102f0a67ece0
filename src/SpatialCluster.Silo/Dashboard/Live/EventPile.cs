using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Silo.Dashboard.Live;

/// <summary>
/// What was heard since the last telling. Of the progress of a grain only the last word stays; of campaigns only their names, since their state is
/// looked up in the store anyway. So it is bounded by the grains that run at a time, and by a number besides.
/// </summary>
internal sealed class EventPile
{
    private const int MostGrains = 1024;

    private readonly Lock _gate = new();
    private Dictionary<string, ClusterEvent> _progress = new(StringComparer.Ordinal);
    private HashSet<string> _campaigns = new(StringComparer.Ordinal);
    private bool _silos;

    /// <summary>Puts an event on the pile; never blocks for long.</summary>
    public void Add(ClusterEvent heard)
    {
        lock (_gate)
        {
            switch (heard.Kind)
            {
                case ClusterEventKind.GrainEpoch or ClusterEventKind.GrainStage or ClusterEventKind.GrainStarted:
                    if (heard.Grain is { } grain && (_progress.Count < MostGrains || _progress.ContainsKey(grain)))
                        _progress[grain] = heard;
                    if (heard.Kind == ClusterEventKind.GrainStarted)
                        goto default;
                    break;
                case ClusterEventKind.Silo:
                    _silos = true;
                    break;
                default:
                    if (heard.Campaign.Length > 0 && _campaigns.Count < MostGrains)
                        _campaigns.Add(heard.Campaign);
                    break;
            }
        }
    }

    /// <summary>Takes everything off.</summary>
    public (IReadOnlyCollection<ClusterEvent> Progress, IReadOnlySet<string> Campaigns, bool Silos) Take()
    {
        lock (_gate)
        {
            var taken = (_progress.Values, _campaigns, _silos);
            (_progress, _campaigns, _silos) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal), false);
            return taken;
        }
    }
}
