using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Methods.Mofa;

/// <summary>
/// One view's part of the model: loadings with spike and slab, w = s ŵ; relevance α per factor; share θ of loadings in the
/// slab per factor; noise precision τ per feature. Updates are mofapy2's <c>SW_Node</c>, <c>AlphaW_Node</c>,
/// <c>ThetaW_Node</c> and <c>TauD_Node</c> for complete data, where everything that they need of the features is Yᵀ E[Z]
/// (<see cref="Cross"/>).
/// </summary>
internal sealed partial class MofaView
{
    private const int FeatureTile = 64;

    private static readonly GammaTerm s_relevancePrior = new(1e-14, 1e-14), s_noisePrior = new(1e-3, 1e-3);

    private readonly bool _spikeSlab;

    public MofaView(CenteredView data, int factors, bool spikeSlab)
    {
        Data = data;
        _spikeSlab = spikeSlab;
        Mean = new FactorTable(data.Features, factors);
        Variance = new FactorTable(data.Features, factors);
        Slab = new FactorTable(data.Features, factors);
        Cross = new FactorTable(data.Features, factors);
        Weighted = new FactorTable(data.Features, factors);
        Variance.Fill(1);
        Slab.Fill(1);
        Relevance = [.. Enumerable.Repeat(new GammaTerm(1, 1), factors)];
        SpikeVariance = [.. Enumerable.Repeat(1.0, factors)];
        SlabShape = [.. Enumerable.Repeat(1.0, factors)];
        SpikeShape = [.. Enumerable.Repeat(1.0, factors)];
        Noise = [.. Enumerable.Repeat(new GammaTerm(1, 1), data.Features)];
        Sums = new LoadingSums(factors);
    }

    public CenteredView Data { get; }

    public int Factors => Mean.Factors;

    /// <summary>E[ŵ | s = 1].</summary>
    public FactorTable Mean { get; private set; }

    /// <summary>Var[ŵ | s = 1].</summary>
    public FactorTable Variance { get; private set; }

    /// <summary>q(s = 1).</summary>
    public FactorTable Slab { get; private set; }

    /// <summary>Var[ŵ | s = 0], per factor.</summary>
    public double[] SpikeVariance { get; private set; }

    /// <summary>q(α), per factor.</summary>
    public GammaTerm[] Relevance { get; private set; }

    /// <summary>q(θ) = Beta(<see cref="SlabShape"/>, <see cref="SpikeShape"/>), per factor.</summary>
    public double[] SlabShape { get; private set; }

    public double[] SpikeShape { get; private set; }

    /// <summary>q(τ), per feature.</summary>
    public GammaTerm[] Noise { get; }

    /// <summary>Yᵀ E[Z] for the present factors.</summary>
    public FactorTable Cross { get; private set; }

    /// <summary>τ E[w]: what Y is multiplied by in the factors' update.</summary>
    public FactorTable Weighted { get; private set; }

    /// <summary>Sums over the features.</summary>
    public LoadingSums Sums { get; private set; }

    private int Tiles => (Data.Features + FeatureTile - 1) / FeatureTile;

    /// <summary>E[w].</summary>
    public double Loading(int feature, int factor) => Slab[feature, factor] * Mean[feature, factor];

    /// <summary>Updates the loadings of all features, factor by factor.</summary>
    public void UpdateLoadings(FactorMoments moments, ThreadTeam team)
    {
        int factors = Factors;
        var alpha = new double[factors];
        var prior = new double[factors];
        for (int k = 0; k < factors; k++)
        {
            alpha[k] = Relevance[k].Mean;
            prior[k] = (0.5 * StableMath.Log(alpha[k])) + SpecialFunctions.Digamma(SlabShape[k]) - SpecialFunctions.Digamma(SpikeShape[k]);
        }

        OverFeatures(team, (feature, _) =>
        {
            Span<double> mean = Mean.Row(feature), variance = Variance.Row(feature), slab = Slab.Row(feature), cross = Cross.Row(feature);
            Span<double> loading = stackalloc double[factors];
            for (int k = 0; k < factors; k++)
                loading[k] = slab[k] * mean[k];
            double tau = Noise[feature].Mean;
            for (int k = 0; k < factors; k++)
            {
                ReadOnlySpan<double> gram = moments.GramRow(k);
                double others = -gram[k] * loading[k];
                for (int j = 0; j < factors; j++)
                    others += gram[j] * loading[j];
                double precision = (tau * moments.Squares[k]) + alpha[k];
                double pull = tau * (cross[k] - others);
                if (_spikeSlab)
                {
                    double odds = prior[k] - (0.5 * StableMath.Log(precision)) + (0.5 * pull * pull / precision);
                    slab[k] = 1 / (1 + StableMath.Exp(-odds));
                }

                variance[k] = 1 / precision;
                mean[k] = pull / precision;
                loading[k] = slab[k] * mean[k];
            }
        });
        SpikeVariance = [.. alpha.Select(a => 1 / a)];
        Sum(team);
    }

    /// <summary>Updates α.</summary>
    public void UpdateRelevance()
    {
        for (int k = 0; k < Factors; k++)
        {
            double squares = Sums.SlabSquares[k] + ((Data.Features - Sums.Slab[k]) * SpikeVariance[k]);
            Relevance[k] = new GammaTerm(s_relevancePrior.A + (0.5 * Data.Features), s_relevancePrior.B + (0.5 * squares));
        }
    }

    /// <summary>Updates θ.</summary>
    public void UpdateSparsity()
    {
        for (int k = 0; k < Factors && _spikeSlab; k++)
            (SlabShape[k], SpikeShape[k]) = (1 + Sums.Slab[k], 1 + Data.Features - Sums.Slab[k]);
    }

    /// <summary>Multiplies the features with the factors anew, after these have changed.</summary>
    public void UpdateCross(FactorTable factors, ThreadTeam team) => Data.MultiplyTransposed(factors, Cross, team);

    /// <summary>Updates τ.</summary>
    public void UpdateNoise(FactorMoments moments, ThreadTeam team)
    {
        double shape = s_noisePrior.A + (0.5 * Data.Spots);
        OverFeatures(team, (feature, _) => Noise[feature] = new GammaTerm(shape, s_noisePrior.B + (0.5 * Residual(feature, moments))));
    }

    /// <summary>Prepares all sums over the features, and <see cref="Weighted"/>.</summary>
    public void Sum(ThreadTeam team)
    {
        var partial = new LoadingSums[Tiles];
        for (int tile = 0; tile < partial.Length; tile++)
            partial[tile] = new LoadingSums(Factors);
        OverFeatures(team, (feature, tile) => AddTo(partial[tile], feature));
        Sums = partial[0];
        for (int tile = 1; tile < partial.Length; tile++)
            Sums.Add(partial[tile]);
    }

    /// <summary>Takes a factor out; <see cref="Sum"/> must follow.</summary>
    public void Remove(int factor)
    {
        (Mean, Variance, Slab) = (Mean.Without(factor), Variance.Without(factor), Slab.Without(factor));
        (Cross, Weighted) = (Cross.Without(factor), Weighted.Without(factor));
        Relevance = [.. Relevance.Where((_, k) => k != factor)];
        SpikeVariance = [.. SpikeVariance.Where((_, k) => k != factor)];
        SlabShape = [.. SlabShape.Where((_, k) => k != factor)];
        SpikeShape = [.. SpikeShape.Where((_, k) => k != factor)];
    }

    /// <summary>The expected squared error of a feature, Σ over spots of E[(y − Σ z w)²].</summary>
    private double Residual(int feature, FactorMoments moments)
    {
        Span<double> mean = Mean.Row(feature), variance = Variance.Row(feature), slab = Slab.Row(feature);
        double uncertain = 0;
        for (int k = 0; k < mean.Length; k++)
        {
            double loading = slab[k] * mean[k], square = slab[k] * ((mean[k] * mean[k]) + variance[k]);
            uncertain += (moments.Squares[k] * square) - (moments.Gram[(k * mean.Length) + k] * loading * loading);
        }

        // Rounding may leave a feature without noise a little below nothing.
        return Math.Max(Error(feature, moments) + uncertain, 0);
    }

    /// <summary>The squared error of a feature's expectation, Σ over spots of (y − Σ E[z] E[w])².</summary>
    private double Error(int feature, FactorMoments moments)
    {
        Span<double> mean = Mean.Row(feature), slab = Slab.Row(feature), cross = Cross.Row(feature);
        double error = Data.SquaredNorms[feature];
        for (int k = 0; k < mean.Length; k++)
        {
            ReadOnlySpan<double> gram = moments.GramRow(k);
            double explained = 0;
            for (int j = 0; j < mean.Length; j++)
                explained += gram[j] * slab[j] * mean[j];
            error += slab[k] * mean[k] * (explained - (2 * cross[k]));
        }

        return error;
    }

    private void AddTo(LoadingSums sums, int feature)
    {
        Span<double> mean = Mean.Row(feature), variance = Variance.Row(feature), slab = Slab.Row(feature), weighted = Weighted.Row(feature);
        double tau = Noise[feature].Mean;
        for (int k = 0; k < mean.Length; k++)
        {
            double s = slab[k], square = s * ((mean[k] * mean[k]) + variance[k]);
            sums.Slab[k] += s;
            sums.SlabSquares[k] += square;
            sums.SlabLogVariance[k] += s * StableMath.Log(variance[k]);
            sums.SwitchEntropy[k] += Entropy(s);
            sums.Precision[k] += tau * square;
            weighted[k] = tau * s * mean[k];
            for (int j = 0; j < mean.Length; j++)
                sums.Coupling[(k * mean.Length) + j] += weighted[k] * slab[j] * mean[j];
        }
    }

    private static double Entropy(double s) => s is <= 0 or >= 1 ? 0 : -(s * StableMath.Log(s)) - ((1 - s) * StableMath.Log(1 - s));

    private void OverFeatures(ThreadTeam team, Action<int, int> body) => team.For(Tiles, tile =>
    {
        int end = int.Min((tile + 1) * FeatureTile, Data.Features);
        for (int feature = tile * FeatureTile; feature < end; feature++)
            body(feature, tile);
    });
}
