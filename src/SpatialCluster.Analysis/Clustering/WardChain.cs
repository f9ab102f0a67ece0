namespace SpatialCluster.Analysis.Clustering;

/// <summary>Ward's hierarchy by the chain of nearest neighbours, on centroids.</summary>
internal sealed unsafe class WardChain
{
    private readonly int _width;
    private readonly double[] _centroids;
    private readonly double[] _sizes;
    private readonly List<int> _alive;

    public WardChain(SpotVectors vectors, int[] spots)
    {
        _width = vectors.Stride;
        _centroids = new double[spots.Length * _width];
        for (int i = 0; i < spots.Length; i++)
            vectors.Row(spots[i]).CopyTo(_centroids.AsSpan(i * _width));
        _sizes = new double[spots.Length];
        Array.Fill(_sizes, 1);
        _alive = [.. Enumerable.Range(0, spots.Length)];
    }

    /// <summary>The clusters that are left when all but the last merges were made.</summary>
    /// <returns>A label 0 … clusters−1 for each spot. Used up afterwards.</returns>
    public int[] Cut(int clusters, CancellationToken cancellation)
    {
        int spots = _sizes.Length;
        List<Merge> merges = Hierarchy(cancellation);

        // The chain finds merges out of order; heights never fall towards the root, so sorting by height makes it a hierarchy.
        int[] order = [.. Enumerable.Range(0, merges.Count)];
        Array.Sort(order, (a, b) => merges[a].Height != merges[b].Height ? merges[a].Height.CompareTo(merges[b].Height) : a.CompareTo(b));
        int[] parent = [.. Enumerable.Range(0, spots)];
        for (int i = 0; i < spots - clusters; i++)
        {
            Merge merge = merges[order[i]];
            parent[Root(parent, merge.First)] = Root(parent, merge.Second);
        }

        int[] number = new int[spots];
        Array.Fill(number, -1);
        int[] labels = new int[spots];
        int next = 0;
        for (int i = 0; i < spots; i++)
        {
            int root = Root(parent, i);
            if (number[root] < 0)
                number[root] = next++;
            labels[i] = number[root];
        }

        return labels;
    }

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node)
            node = parent[node] = parent[parent[node]];
        return node;
    }

    private List<Merge> Hierarchy(CancellationToken cancellation)
    {
        var merges = new List<Merge>(_sizes.Length);
        var chain = new List<int>();
        while (_alive.Count > 1)
        {
            cancellation.ThrowIfCancellationRequested();
            if (chain.Count == 0)
                chain.Add(_alive[0]);
            int tip = chain[^1];
            int before = chain.Count > 1 ? chain[^2] : -1;
            (int nearest, double height) = Nearest(tip, before);
            if (nearest != before)
            {
                chain.Add(nearest);
                continue;
            }

            chain.RemoveRange(chain.Count - 2, 2);
            merges.Add(new Merge(tip, before, height));
            Join(tip, before);
        }

        return merges;
    }

    /// <summary>The cluster whose union with this one costs least: the one before in the chain among equals, else the first.</summary>
    private (int Nearest, double Height) Nearest(int cluster, int before)
    {
        int nearest = before;
        double least = before < 0 ? double.PositiveInfinity : Cost(cluster, before);
        foreach (int other in _alive)
        {
            if (other == cluster)
                continue;
            double cost = Cost(cluster, other);
            if (cost < least)
                (nearest, least) = (other, cost);
        }

        return (nearest, least);
    }

    /// <summary>What a union adds to the sum of squares.</summary>
    private double Cost(int a, int b)
    {
        fixed (double* centroids = _centroids)
        {
            return _sizes[a] * _sizes[b] / (_sizes[a] + _sizes[b])
                * CentreKernels.SquaredDistance(centroids + ((long)a * _width), centroids + ((long)b * _width), _width);
        }
    }

    /// <summary>The union takes the lower number.</summary>
    private void Join(int a, int b)
    {
        int kept = Math.Min(a, b), gone = Math.Max(a, b);
        double size = _sizes[kept] + _sizes[gone];
        Span<double> into = _centroids.AsSpan(kept * _width, _width);
        ReadOnlySpan<double> from = _centroids.AsSpan(gone * _width, _width);
        double share = _sizes[gone] / size;
        for (int f = 0; f < into.Length; f++)
            into[f] += share * (from[f] - into[f]);
        _sizes[kept] = size;
        _alive.RemoveAt(_alive.BinarySearch(gone));
    }

    private readonly record struct Merge(int First, int Second, double Height);
}
