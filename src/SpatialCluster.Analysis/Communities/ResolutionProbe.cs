using System.Globalization;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Analysis.Communities;

/// <summary>Counts communities at resolutions by short runs, and remembers what it met, in order of resolution.</summary>
internal sealed class ResolutionProbe
{
    private readonly CommunityGraph _graph;
    private readonly LeidenOptions _full;
    private readonly LeidenOptions _short;
    private readonly CancellationToken _cancellation;
    private readonly SortedList<double, int> _counts = [];

    public ResolutionProbe(CommunityGraph graph, int wanted, LeidenOptions options, CancellationToken cancellation)
    {
        _graph = graph;
        Wanted = wanted;
        _full = options;
        _short = options with { Starts = 1, Iterations = 5 };
        _cancellation = cancellation;
    }

    public int Wanted { get; }

    public int Samples => _counts.Count;

    public bool AnyHit => _counts.ContainsValue(Wanted);

    public LeidenResult Full(double resolution) => Leiden.Cluster(_graph, _full with { Resolution = resolution }, _cancellation);

    public LeidenResult Short(double resolution) => Leiden.Cluster(_graph, _short with { Resolution = resolution }, _cancellation);

    /// <summary>A short run with one of the other seeds.</summary>
    public LeidenResult Short(double resolution, int number)
    {
        ulong seed = RandomStream.DeriveKey(_full.Seed, string.Create(CultureInfo.InvariantCulture, $"domains/{number}"));
        return Leiden.Cluster(_graph, _short with { Resolution = resolution, Seed = seed }, _cancellation);
    }

    public int CountAt(double resolution)
    {
        if (!_counts.TryGetValue(resolution, out int count))
        {
            count = Short(resolution).Communities;
            _counts.Add(resolution, count);
        }

        return count;
    }

    public bool IsHit(double resolution) => _counts[resolution] == Wanted;

    /// <summary>Counts at a resolution and gives that back.</summary>
    public double Sample(double resolution)
    {
        CountAt(resolution);
        return resolution;
    }

    public double? SampleBelow(double resolution)
    {
        int place = _counts.IndexOfKey(resolution);
        return place > 0 ? _counts.Keys[place - 1] : null;
    }

    public double? SampleAbove(double resolution)
    {
        int place = _counts.IndexOfKey(resolution);
        return place + 1 < _counts.Count ? _counts.Keys[place + 1] : null;
    }

    /// <summary>The ends of the run of neighbouring hits whose ends have the highest ratio; the lower one among equals.</summary>
    public (double First, double Last) WidestStretch()
    {
        (double First, double Last) widest = (0, 0);
        double ratio = 0;
        double first = 0;
        for (int i = 0; i < _counts.Count; i++)
        {
            if (_counts.Values[i] != Wanted)
                continue;
            double here = _counts.Keys[i];
            // Resolution 0 has no ratio to others: it is a stretch of its own, taken if there is no other.
            if (i == 0 || _counts.Values[i - 1] != Wanted || first == 0)
                first = here;
            double width = here > 0 ? here / first : 0.5;
            if (width > ratio)
                (widest, ratio) = ((first, here), width);
        }

        return widest;
    }

    /// <summary>All hits, the nearest to a resolution (by ratio) first.</summary>
    public double[] HitsByDistance(double centre) =>
        [.. _counts.Where(x => x.Value == Wanted)
            .Select(x => x.Key)
            .OrderBy(x => x == centre ? 1 : x == 0 || centre == 0 ? double.PositiveInfinity : Math.Max(x / centre, centre / x))
            .ThenBy(x => x)];

    /// <summary>The resolution whose number comes nearest; the lowest among equals.</summary>
    public double NearestMiss() => _counts.OrderBy(x => Math.Abs((long)x.Value - Wanted)).ThenBy(x => x.Key).First().Key;

    /// <summary>The neighbouring resolutions between which the wanted number is first passed over.</summary>
    public (double Below, double Above) Jump()
    {
        int above = 1;
        while (above < _counts.Count - 1 && _counts.Values[above] < Wanted)
            above++;
        return (_counts.Keys[above - 1], _counts.Keys[above]);
    }
}
