using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>Lloyd's iteration from one start.</summary>
internal sealed unsafe class LloydRun
{
    private readonly SpotVectors _vectors;
    private readonly ThreadTeam _team;
    private readonly int _clusters;
    private readonly int _stride;
    private readonly double[] _distances;
    private readonly double[][] _sums;
    private readonly double[][] _sizes;
    private readonly double[] _inertias;
    private readonly bool[] _changed;
    private double[] _next;

    public LloydRun(SpotVectors vectors, int clusters, ThreadTeam team)
    {
        _vectors = vectors;
        _team = team;
        _clusters = clusters;
        _stride = CentreKernels.Stride(clusters);
        _distances = new double[vectors.Spots];
        _sums = [.. Enumerable.Range(0, vectors.Tiles.Count).Select(_ => new double[vectors.Features * clusters])];
        _sizes = [.. Enumerable.Range(0, vectors.Tiles.Count).Select(_ => new double[clusters])];
        _inertias = new double[vectors.Tiles.Count];
        _changed = new bool[vectors.Tiles.Count];
        _next = new double[vectors.Features * _stride];
        Centres = [];
        Labels = new int[vectors.Spots];
    }

    /// <summary>Features × stride.</summary>
    public double[] Centres { get; private set; }

    public int[] Labels { get; }

    public double Inertia { get; private set; }

    public int Iterations { get; private set; }

    /// <summary>Iterates until labels or centres stand still.</summary>
    /// <param name="centres">Features × stride; taken over.</param>
    /// <param name="options">When to stop.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    public void Converge(double[] centres, KMeansOptions options, CancellationToken cancellation)
    {
        Centres = centres;
        Array.Fill(Labels, -1);
        double tolerance = options.Tolerance * MeanVariance();
        bool settled = false;
        while (!settled && Iterations < options.MaxIterations)
        {
            cancellation.ThrowIfCancellationRequested();
            settled = !Assign();
            double shift = MoveCentres();
            Iterations++;
            if (!settled && shift <= tolerance)
                break;
        }

        // Labels and inertia belong to the centres that are returned.
        if (!settled)
            Assign();
        Inertia = 0;
        foreach (double sum in _inertias)
            Inertia += sum;
    }

    /// <summary>Gives every spot to its nearest centre, the first of equals.</summary>
    /// <returns>Whether a spot changed its cluster.</returns>
    private bool Assign()
    {
        _team.For(_vectors.Tiles.Count, AssignTile);
        return Array.IndexOf(_changed, true) >= 0;
    }

    private void AssignTile(int tile)
    {
        var scratch = new double[_stride];
        double[] sums = _sums[tile], sizes = _sizes[tile];
        Array.Clear(sums);
        Array.Clear(sizes);
        double inertia = 0;
        bool changed = false;
        fixed (double* values = _vectors.Values, centres = Centres, distances = scratch)
        {
            for (int spot = _vectors.Tiles.Start(tile); spot < _vectors.Tiles.End(tile); spot++)
            {
                double* x = values + ((long)spot * _vectors.Stride);
                CentreKernels.SquaredDistances(x, _vectors.Features, centres, _stride, distances);
                int nearest = 0;
                for (int c = 1; c < _clusters; c++)
                    nearest = distances[c] < distances[nearest] ? c : nearest;
                changed |= Labels[spot] != nearest;
                Labels[spot] = nearest;
                _distances[spot] = distances[nearest];
                inertia += distances[nearest];
                sizes[nearest]++;
                Span<double> sum = sums.AsSpan(nearest * _vectors.Features, _vectors.Features);
                for (int f = 0; f < sum.Length; f++)
                    sum[f] += x[f];
            }
        }

        _inertias[tile] = inertia;
        _changed[tile] = changed;
    }

    /// <summary>Puts every centre into the middle of its spots.</summary>
    /// <returns>The sum of the squared moves.</returns>
    private double MoveCentres()
    {
        int features = _vectors.Features;
        var sums = new double[features * _clusters];
        var sizes = new double[_clusters];
        for (int tile = 0; tile < _sums.Length; tile++)
        {
            for (int i = 0; i < sums.Length; i++)
                sums[i] += _sums[tile][i];
            for (int c = 0; c < _clusters; c++)
                sizes[c] += _sizes[tile][c];
        }

        FillEmpty(sums, sizes);
        double shift = 0;
        for (int f = 0; f < features; f++)
        {
            for (int c = 0; c < _clusters; c++)
            {
                int at = (f * _stride) + c;
                _next[at] = sizes[c] > 0 ? sums[(c * features) + f] / sizes[c] : Centres[at];
                shift += (_next[at] - Centres[at]) * (_next[at] - Centres[at]);
            }
        }

        (Centres, _next) = (_next, Centres);
        return shift;
    }

    /// <summary>An empty cluster takes the spot farthest from its centre, as in scikit-learn; the next empty one the next farthest.</summary>
    private void FillEmpty(double[] sums, double[] sizes)
    {
        int features = _vectors.Features;
        HashSet<int>? taken = null;
        for (int c = 0; c < _clusters; c++)
        {
            if (sizes[c] > 0)
                continue;
            taken ??= [];
            int farthest = -1;
            for (int spot = 0; spot < _distances.Length; spot++)
            {
                if (_distances[spot] > (farthest < 0 ? 0 : _distances[farthest]) && !taken.Contains(spot) && sizes[Labels[spot]] > 1)
                    farthest = spot;
            }

            // Every spot lies on a centre: there are fewer distinct spots than clusters.
            if (farthest < 0)
                return;
            taken.Add(farthest);
            ReadOnlySpan<double> row = _vectors.Row(farthest);
            int former = Labels[farthest];
            for (int f = 0; f < features; f++)
            {
                sums[(former * features) + f] -= row[f];
                sums[(c * features) + f] = row[f];
            }

            sizes[former]--;
            sizes[c] = 1;
        }
    }

    private double MeanVariance()
    {
        double sum = 0;
        foreach (double value in _vectors.Values)
            sum += value * value;
        return sum / _vectors.Spots / _vectors.Features;
    }
}
