
namespace SpatialCluster.Engine.Orleans.Grains;

/// <summary>A grain that waits for a device, or has one.</summary>
internal sealed class LaneEntry(WorkOrder order)
{
    /// <summary>What to do.</summary>
    public WorkOrder Order { get; set; } = order;

    /// <summary>Who wants it.</summary>
    public HashSet<string> Campaigns { get; } = new(StringComparer.Ordinal);

    /// <summary>The silo that has it; null while it waits.</summary>
    public SiloAddress? Silo { get; set; }

    /// <summary>When it was last known to be there, as a timestamp of the clock.</summary>
    public long Seen { get; set; }

    /// <summary>Not to be tried before, as a timestamp of the clock.</summary>
    public long NotBefore { get; set; }

    /// <summary>Silos whose program cannot do it.</summary>
    public HashSet<SiloAddress> Unreadable { get; } = [];
}

/// <summary>A silo as a lane knows it: its last report, and what it was given since.</summary>
internal sealed class LaneSilo(SiloReport report, long heard)
{
    private int _running = report.IsIdle ? 0 : 1;

    public SiloAddress Address => report.Silo;

    public long Heard => heard;

    public int Free { get; set; } = report.Free;

    public long MemoryLimit => report.MemoryLimit;

    public long MemoryFree { get; private set; } = report.MemoryFree;

    public bool IsIdle => _running == 0;

    public bool Has(string code) => report.Codes.Contains(code, StringComparer.Ordinal);

    public void Take(WorkOrder order)
    {
        Free--;
        _running++;
        MemoryFree -= order.ForecastBytes;
    }

    public void Give(WorkOrder order)
    {
        Free++;
        _running--;
        MemoryFree += order.ForecastBytes;
    }
}

/// <summary>What waits, by campaign; campaigns take turns.</summary>
internal sealed class CampaignRotation
{
    private readonly LinkedList<(string Campaign, LinkedList<LaneEntry> Entries)> _turns = new();

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Puts one behind the others of its campaign, or, where it was begun before, in front of them.</summary>
    public void Add(string campaign, LaneEntry entry, bool first)
    {
        LinkedListNode<(string Campaign, LinkedList<LaneEntry> Entries)>? turn = Find(campaign) ?? _turns.AddLast((campaign, new LinkedList<LaneEntry>()));
        if (first)
            turn.Value.Entries.AddFirst(entry);
        else
            turn.Value.Entries.AddLast(entry);
        Count++;
    }

    /// <summary>Takes the first that suits of the campaign whose turn it is; the turn goes on.</summary>
    public LaneEntry? Take(Func<LaneEntry, bool> suits)
    {
        for (LinkedListNode<(string Campaign, LinkedList<LaneEntry> Entries)>? turn = _turns.First; turn is not null; turn = turn.Next)
        {
            for (LinkedListNode<LaneEntry>? entry = turn.Value.Entries.First; entry is not null; entry = entry.Next)
            {
                if (!suits(entry.Value))
                    continue;
                turn.Value.Entries.Remove(entry);
                Count--;
                _turns.Remove(turn);
                if (turn.Value.Entries.Count > 0)
                    _turns.AddLast(turn);
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>Takes all of a campaign away.</summary>
    public void Remove(string campaign)
    {
        if (Find(campaign) is not { } turn)
            return;
        Count -= turn.Value.Entries.Count;
        _turns.Remove(turn);
    }

    private LinkedListNode<(string Campaign, LinkedList<LaneEntry> Entries)>? Find(string campaign)
    {
        for (LinkedListNode<(string Campaign, LinkedList<LaneEntry> Entries)>? turn = _turns.First; turn is not null; turn = turn.Next)
        {
            if (turn.Value.Campaign == campaign)
                return turn;
        }

        return null;
    }
}
