using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>
/// Greedy k-means++ (Arthur and Vassilvitskii, SODA 2007): every further centre is the best of 2 + ⌊ln clusters⌋ spots that are
/// drawn in proportion to their squared distance to the centres so far.
/// </summary>
internal sealed unsafe class KMeansSeeding
{
    private readonly SpotVectors _vectors;
    private readonly ThreadTeam _team;
    private readonly int _clusters;
    private readonly int _trials;
    private readonly int _trialStride;
    private readonly double[] _nearest;
    private readonly double[] _rising;
    private readonly double[] _tried;
    private readonly double[] _candidates;
    private readonly double[] _potentials;

    public KMeansSeeding(SpotVectors vectors, int clusters, ThreadTeam team)
    {
        _vectors = vectors;
        _team = team;
        _clusters = clusters;
        _trials = 2 + (int)Math.Floor(StableMath.Log(clusters));
        _trialStride = CentreKernels.Stride(_trials);
        _nearest = new double[vectors.Spots];
        _rising = new double[vectors.Spots];
        _tried = new double[(long)vectors.Spots * _trialStride];
        _candidates = new double[vectors.Features * _trialStride];
        _potentials = new double[vectors.Tiles.Count * _trialStride];
    }

    /// <summary>One start.</summary>
    /// <returns>Features × stride: centres that are spots.</returns>
    public double[] Draw(RandomStream random, CancellationToken cancellation)
    {
        int stride = CentreKernels.Stride(_clusters);
        var centres = new double[_vectors.Features * stride];
        Span<int> drawn = stackalloc int[_trials];
        Array.Fill(_nearest, double.PositiveInfinity);
        drawn.Fill(random.NextInt(_vectors.Spots));
        for (int c = 0; ; c++)
        {
            cancellation.ThrowIfCancellationRequested();
            int best = Try(drawn);
            ReadOnlySpan<double> row = _vectors.Row(drawn[best]);
            for (int f = 0; f < row.Length; f++)
                centres[(f * stride) + c] = row[f];
            for (int spot = 0; spot < _nearest.Length; spot++)
                _nearest[spot] = _tried[((long)spot * _trialStride) + best];
            if (c + 1 == _clusters)
                return centres;
            DrawByDistance(drawn, random);
        }
    }

    /// <summary>What every candidate would leave as distances; the one with the lowest sum, the first of equals.</summary>
    private int Try(ReadOnlySpan<int> drawn)
    {
        for (int t = 0; t < drawn.Length; t++)
        {
            ReadOnlySpan<double> row = _vectors.Row(drawn[t]);
            for (int f = 0; f < row.Length; f++)
                _candidates[(f * _trialStride) + t] = row[f];
        }

        Array.Clear(_potentials);
        _team.For(_vectors.Tiles.Count, Measure);
        int best = 0;
        double lowest = double.PositiveInfinity;
        for (int t = 0; t < drawn.Length; t++)
        {
            double sum = 0;
            for (int tile = 0; tile < _vectors.Tiles.Count; tile++)
                sum += _potentials[(tile * _trialStride) + t];
            if (sum < lowest)
                (lowest, best) = (sum, t);
        }

        return best;
    }

    private void Measure(int tile)
    {
        Span<double> potentials = _potentials.AsSpan(tile * _trialStride, _trialStride);
        fixed (double* values = _vectors.Values, candidates = _candidates, tried = _tried)
        {
            for (int spot = _vectors.Tiles.Start(tile); spot < _vectors.Tiles.End(tile); spot++)
            {
                double* distances = tried + ((long)spot * _trialStride);
                CentreKernels.SquaredDistances(values + ((long)spot * _vectors.Stride), _vectors.Features, candidates, _trialStride, distances);
                for (int t = 0; t < _trials; t++)
                {
                    distances[t] = Math.Min(distances[t], _nearest[spot]);
                    potentials[t] += distances[t];
                }
            }
        }
    }

    private void DrawByDistance(Span<int> drawn, RandomStream random)
    {
        double sum = 0;
        for (int spot = 0; spot < _nearest.Length; spot++)
        {
            sum += _nearest[spot];
            _rising[spot] = sum;
        }

        foreach (ref int spot in drawn)
        {
            double target = random.NextDouble() * sum;
            int low = 0, high = _rising.Length - 1;
            // The first spot whose running sum exceeds the target: a spot at distance 0 is passed over while any other is left.
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (_rising[middle] > target)
                    high = middle;
                else
                    low = middle + 1;
            }

            spot = low;
        }
    }
}
