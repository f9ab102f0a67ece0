using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Methods.Mofa;

/// <summary>The view's share of the evidence lower bound, and the variance it has explained.</summary>
internal sealed partial class MofaView
{
    /// <summary>E[ln p(Y, W, α, θ, τ)] − E[ln q(W, α, θ, τ)], given the factors.</summary>
    /// <param name="moments">Of the present factors.</param>
    /// <param name="fresh">Whether τ was updated last: the errors are then in its rates.</param>
    public double Bound(FactorMoments moments, bool fresh) => LikelihoodBound(moments, fresh) + LoadingBound() + RelevanceBound() + SparsityBound();

    /// <summary>
    /// What mofapy2's bound has beyond the exact one: for the entropy of ŵ in the spike it takes the variance that the present
    /// α would give, not the one that ŵ got from the α before. Its bound can fall for that reason; this one cannot.
    /// </summary>
    public double OriginalExcess()
    {
        double excess = 0;
        for (int k = 0; k < Factors; k++)
            excess -= 0.5 * (Data.Features - Sums.Slab[k]) * (StableMath.Log(Relevance[k].Mean) + StableMath.Log(SpikeVariance[k]));
        return excess;
    }

    /// <summary>The share of the view's variance that each factor explains alone.</summary>
    public double[] VarianceExplained(FactorMoments moments)
    {
        var explained = new double[Factors];
        for (int k = 0; k < explained.Length && Data.TotalSquares > 0; k++)
        {
            double change = 0;
            for (int feature = 0; feature < Data.Features; feature++)
            {
                double loading = Loading(feature, k);
                change += loading * ((2 * Cross[feature, k]) - (moments.GramRow(k)[k] * loading));
            }

            explained[k] = change / Data.TotalSquares;
        }

        return explained;
    }

    /// <summary>The share of the view's variance that all factors explain together.</summary>
    public double TotalVarianceExplained(FactorMoments moments)
    {
        double error = 0;
        for (int feature = 0; feature < Data.Features; feature++)
            error += Error(feature, moments);
        return Data.TotalSquares > 0 ? 1 - (error / Data.TotalSquares) : 0;
    }

    private double LikelihoodBound(FactorMoments moments, bool fresh)
    {
        double bound = -0.5 * Data.Spots * (double)Data.Features * StableMath.Log(2 * Math.PI);
        for (int feature = 0; feature < Data.Features; feature++)
        {
            GammaTerm noise = Noise[feature];
            double meanLog = noise.MeanLog;
            double error = fresh ? noise.B - s_noisePrior.B : 0.5 * Residual(feature, moments);
            bound += (0.5 * Data.Spots * meanLog) - (noise.Mean * error) + noise.Bound(s_noisePrior, meanLog);
        }

        return bound;
    }

    private double LoadingBound()
    {
        double bound = 0;
        for (int k = 0; k < Factors; k++)
        {
            double alpha = Relevance[k].Mean, slab = Sums.Slab[k], spike = Data.Features - slab;
            double squares = Sums.SlabSquares[k] + (spike * SpikeVariance[k]);
            bound += 0.5 * ((Data.Features * Relevance[k].MeanLog) - (alpha * squares));
            bound += 0.5 * (Data.Features + Sums.SlabLogVariance[k] + (spike * StableMath.Log(SpikeVariance[k])));
            if (_spikeSlab)
            {
                double all = SpecialFunctions.Digamma(SlabShape[k] + SpikeShape[k]);
                bound += (slab * (SpecialFunctions.Digamma(SlabShape[k]) - all)) + (spike * (SpecialFunctions.Digamma(SpikeShape[k]) - all));
                bound += Sums.SwitchEntropy[k];
            }
        }

        return bound;
    }

    private double RelevanceBound()
    {
        double bound = 0;
        foreach (GammaTerm alpha in Relevance)
            bound += alpha.Bound(s_relevancePrior, alpha.MeanLog);
        return bound;
    }

    // The prior is Beta(1, 1).
    private double SparsityBound()
    {
        double bound = 0;
        for (int k = 0; k < Factors && _spikeSlab; k++)
        {
            double a = SlabShape[k], b = SpikeShape[k], all = SpecialFunctions.Digamma(a + b);
            bound += SpecialFunctions.LogBeta(a, b) - ((a - 1) * (SpecialFunctions.Digamma(a) - all)) - ((b - 1) * (SpecialFunctions.Digamma(b) - all));
        }

        return bound;
    }
}
