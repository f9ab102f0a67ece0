namespace SpatialCluster.Engine.Orleans.Grains;

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
