using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// An epoch as a list of steps. Within a step, strands run side by side on the thread team; the next step starts when all are
/// done. Built once, run every epoch without allocating.
/// </summary>
public sealed class Schedule
{
    private readonly RowPartition _rows;
    private readonly List<Step> _steps = [];

    /// <summary>An empty schedule.</summary>
    /// <param name="rows">How rows are cut.</param>
    public Schedule(RowPartition rows) => _rows = rows;

    /// <summary>Adds a step of row strands that touch nothing of each other's.</summary>
    /// <param name="strands">Each runs over all tiles.</param>
    public void Rows(params IEnumerable<RowWork> strands)
    {
        RowWork[] work = [.. strands];
        if (work.Length == 0)
            return;
        int chunks = _rows.Chunks;
        _steps.Add(new Step(work.Length * chunks, unit => _rows.ForEachTile(unit % chunks, work[unit / chunks])));
    }

    /// <summary>Adds a step of single pieces of work, side by side.</summary>
    /// <param name="pieces">Each runs once.</param>
    public void Each(params IEnumerable<Action> pieces)
    {
        Action[] work = [.. pieces];
        if (work.Length > 0)
            _steps.Add(new Step(work.Length, unit => work[unit]()));
    }

    /// <summary>One strand that does several things to each tile in turn, while it is in the cache.</summary>
    /// <param name="works">In order; each may read the tile's own rows of what those before it wrote.</param>
    /// <returns>The strand.</returns>
    public static RowWork Chain(params IEnumerable<RowWork> works)
    {
        RowWork[] chain = [.. works];
        return tile =>
        {
            foreach (RowWork work in chain)
                work(tile);
        };
    }

    /// <summary>Runs all steps.</summary>
    /// <param name="team">The threads.</param>
    public void Run(ThreadTeam team)
    {
        foreach (Step step in _steps)
            team.For(step.Units, step.Body);
    }

    private sealed record Step(int Units, Action<int> Body);
}
