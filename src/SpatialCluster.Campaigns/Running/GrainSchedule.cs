using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Campaigns.Running;

/// <summary>Which grains of a plan are ready, as those before them end.</summary>
public sealed class GrainSchedule
{
    private readonly IReadOnlyList<PlannedGrain> _grains;
    private readonly Dictionary<GrainKey, int> _index = [];
    private readonly List<int>[] _dependents;
    private readonly int[] _missing;
    private readonly bool[] _ended;
    private int _left;

    /// <summary>Begins with nothing done.</summary>
    /// <param name="grains">Each after its inputs.</param>
    public GrainSchedule(IReadOnlyList<PlannedGrain> grains)
    {
        _grains = grains;
        _dependents = [.. grains.Select(_ => new List<int>())];
        _missing = new int[grains.Count];
        _ended = new bool[grains.Count];
        _left = grains.Count;
        for (int i = 0; i < grains.Count; i++)
        {
            _index[grains[i].Key] = i;
            foreach (GrainKey input in grains[i].Inputs.Distinct())
            {
                _dependents[_index[input]].Add(i);
                _missing[i]++;
            }
        }
    }

    /// <summary>Whether every grain has ended.</summary>
    public bool Finished => _left == 0;

    /// <summary>Where a grain stands in the plan.</summary>
    /// <param name="key">The grain.</param>
    /// <returns>Its place; null where the plan has no such grain.</returns>
    public int? PlaceOf(GrainKey key) => _index.TryGetValue(key, out int place) ? place : null;

    /// <summary>The grains that need a grain directly.</summary>
    /// <param name="place">Its place in the plan.</param>
    /// <returns>Their places, rising.</returns>
    public IReadOnlyList<int> DependentsOf(int place) => _dependents[place];

    /// <summary>The grains that need nothing, by their place in the plan.</summary>
    /// <returns>Places.</returns>
    public IReadOnlyList<int> Roots() => [.. Enumerable.Range(0, _grains.Count).Where(i => _missing[i] == 0)];

    /// <summary>A grain is done.</summary>
    /// <param name="place">Its place in the plan.</param>
    /// <returns>The places of those that are ready now.</returns>
    public IReadOnlyList<int> Complete(int place)
    {
        End(place);
        return [.. _dependents[place].Where(dependent => --_missing[dependent] == 0 && !_ended[dependent])];
    }

    /// <summary>A grain was given up, and with it all that needs it.</summary>
    /// <param name="place">Its place in the plan.</param>
    /// <returns>The places of all that need it, directly or not, and had not ended.</returns>
    public IReadOnlyList<int> Fail(int place)
    {
        End(place);
        var lost = new List<int>();
        var open = new Stack<int>(_dependents[place]);
        while (open.TryPop(out int next))
        {
            if (_ended[next])
                continue;
            End(next);
            lost.Add(next);
            foreach (int dependent in _dependents[next])
                open.Push(dependent);
        }

        lost.Sort();
        return lost;
    }

    private void End(int place)
    {
        _ended[place] = true;
        _left--;
    }
}
