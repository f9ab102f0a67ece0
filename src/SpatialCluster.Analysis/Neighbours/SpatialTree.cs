using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// A balanced k-d tree over spots, split at medians along the longer side. Node (level, j) covers the spots n·j/2^level up to
/// n·(j+1)/2^level of the reordered array, so the shape needs no storage; leaves lie all on the last level.
/// </summary>
internal sealed class SpatialTree
{
    private const int LeafSpots = 10;
    private const int SharedLevels = 4;
    private readonly PlacedSpot[] _spots;
    private readonly SpatialBox[] _boxes;
    private readonly int _levels;

    public SpatialTree(PlacedSpot[] spots, ThreadTeam team)
    {
        _spots = spots;
        while ((spots.Length >> _levels) > LeafSpots)
            _levels++;
        _boxes = new SpatialBox[(2 << _levels) - 1];
        int shared = Math.Min(SharedLevels, _levels);
        for (int level = 0; level < shared; level++)
        {
            int here = level;
            team.For(1 << level, node => Build(here, node));
        }

        team.For(1 << shared, root =>
        {
            for (int level = shared; level <= _levels; level++)
            {
                int below = level - shared;
                for (int node = root << below; node < (root + 1) << below; node++)
                    Build(level, node);
            }
        });
    }

    /// <summary>How many leaves there are; spots of one leaf lie close together.</summary>
    public int Leaves => 1 << _levels;

    /// <summary>The spots of one leaf.</summary>
    public ReadOnlySpan<PlacedSpot> Leaf(int leaf) => _spots.AsSpan(Start(_levels, leaf)..Start(_levels, leaf + 1));

    /// <summary>Finds the nearest spots other than the given one itself.</summary>
    public void Search(in PlacedSpot spot, ref NearestList nearest)
    {
        Span<(int Node, double Bound)> pending = stackalloc (int, double)[_levels + 2];
        int waiting = 0;
        pending[waiting++] = (0, 0);
        int firstLeaf = Leaves - 1;
        while (waiting > 0)
        {
            (int node, double bound) = pending[--waiting];
            while (nearest.Wants(bound, _boxes[node].FirstIndex))
            {
                if (node >= firstLeaf)
                {
                    Scan(node - firstLeaf, spot, ref nearest);
                    break;
                }

                int near = (2 * node) + 1, far = near + 1;
                double nearBound = _boxes[near].SquaredDistance(spot.X, spot.Y);
                double farBound = _boxes[far].SquaredDistance(spot.X, spot.Y);
                // At equal bounds the lower indices first: where many spots share one place, the first leaf then ends the search.
                if (farBound < nearBound || (farBound == nearBound && _boxes[far].FirstIndex < _boxes[near].FirstIndex))
                    (near, nearBound, far, farBound) = (far, farBound, near, nearBound);
                pending[waiting++] = (far, farBound);
                (node, bound) = (near, nearBound);
            }
        }
    }

    private void Scan(int leaf, in PlacedSpot spot, ref NearestList nearest)
    {
        foreach (ref readonly PlacedSpot other in Leaf(leaf))
        {
            double dx = spot.X - other.X, dy = spot.Y - other.Y;
            double squared = (dx * dx) + (dy * dy);
            if (nearest.Wants(squared, other.Index) && other.Index != spot.Index)
                nearest.Insert(squared, other.Index);
        }
    }

    private int Start(int level, int node) => (int)(((long)_spots.Length * node) >> level);

    private void Build(int level, int node)
    {
        int start = Start(level, node);
        Span<PlacedSpot> spots = _spots.AsSpan(start..Start(level, node + 1));
        SpatialBox box = SpatialBox.Around(spots);
        _boxes[(1 << level) - 1 + node] = box;
        if (level == _levels)
            return;
        int middle = Start(level + 1, (2 * node) + 1) - start;
        if (box.Right - box.Left >= box.Bottom - box.Top)
            SpotSelection.Split<XAxis>(spots, middle);
        else
            SpotSelection.Split<YAxis>(spots, middle);
    }
}
