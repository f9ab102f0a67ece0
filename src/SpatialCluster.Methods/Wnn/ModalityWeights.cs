using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Methods.Wnn;

/// <summary>
/// How much each modality tells about each spot (Hao et al. 2021, STAR Methods; Seurat's <c>FindModalityWeights</c>). A spot's
/// neighbours in modality r predict its features in r (the within-modality prediction), its neighbours in modality q predict
/// them too (the cross-modality one). With θ the kernel of r, the score of r against q is
/// θ(within) / (θ(cross) + ε), at most 200, and the weight of r is Σ_q exp(score of r against q) over the same sum for all r.
/// </summary>
internal sealed class ModalityWeights
{
    private const int SpotsPerTile = 64;
    private const double HighestScore = 200;

    private readonly IReadOnlyList<FeatureSpace> _spaces;
    private readonly WnnOptions _options;

    public ModalityWeights(IReadOnlyList<FeatureSpace> spaces, WnnOptions options) => (_spaces, _options) = (spaces, options);

    private int Spots => _spaces[0].Points.Rows;

    private int Pairs => _spaces.Count * (_spaces.Count - 1);

    /// <summary>Spots × modalities, rows summing to 1; a single modality has weight 1.</summary>
    public double[] Compute(ThreadTeam team)
    {
        int modalities = _spaces.Count;
        var weights = new double[(long)Spots * modalities];
        if (modalities == 1)
        {
            Array.Fill(weights, 1);
            return weights;
        }

        double[] scores = Scores(team);
        ForEach(team, spot =>
        {
            Span<double> row = weights.AsSpan(spot * modalities, modalities);
            double total = 0;
            for (int r = 0; r < modalities; r++)
            {
                for (int q = 0; q < modalities - 1; q++)
                    row[r] += StableMath.Exp(ScoreOf(scores, spot, r, q));
                total += row[r];
            }

            for (int r = 0; r < modalities; r++)
                row[r] /= total;
        });
        return weights;
    }

    /// <summary>Spots × modalities × the other modalities in their order.</summary>
    private double[] Scores(ThreadTeam team)
    {
        var scores = new double[(long)Spots * Pairs];
        int widest = _spaces.Max(space => space.Points.Columns);
        ForEach(team, spot =>
        {
            Span<double> mean = new double[widest];
            int next = spot * Pairs;
            for (int r = 0; r < _spaces.Count; r++)
            {
                double within = Affinity(spot, r, r, mean);
                for (int q = 0; q < _spaces.Count; q++)
                {
                    if (q != r)
                        scores[next++] = Math.Min(HighestScore, within / (Affinity(spot, r, q, mean) + _options.CrossConstant));
                }
            }
        });
        return scores;
    }

    /// <summary>The kernel, in modality <paramref name="r"/>, of a spot and what its neighbours in modality <paramref name="q"/> predict.</summary>
    private double Affinity(int spot, int r, int q, Span<double> mean) =>
        Kernel.Of(_spaces[r].ExcessOfMean(spot, Neighbours(spot, q), mean[.._spaces[r].Points.Columns]), _spaces[r].Bandwidths[spot]);

    private double ScoreOf(double[] scores, int spot, int r, int q)
    {
        int column = (r * (_spaces.Count - 1)) + q;
        if (!_options.Smooth)
            return scores[(spot * Pairs) + column];
        double sum = 0;
        ReadOnlySpan<int> neighbours = Neighbours(spot, r);
        foreach (int neighbour in neighbours)
            sum += scores[(neighbour * Pairs) + column];
        return sum / neighbours.Length;
    }

    private ReadOnlySpan<int> Neighbours(int spot, int modality) => _spaces[modality].Table.IndicesOf(spot)[..(_options.Neighbours - 1)];

    private void ForEach(ThreadTeam team, Action<int> work) => team.For((Spots + SpotsPerTile - 1) / SpotsPerTile, tile =>
    {
        for (int spot = tile * SpotsPerTile; spot < int.Min((tile + 1) * SpotsPerTile, Spots); spot++)
            work(spot);
    });
}
