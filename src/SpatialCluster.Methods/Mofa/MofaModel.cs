using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Methods.Mofa;

/// <summary>
/// MOFA+ with one group and Gaussian views: y = Σ_k z_k w_k + ε per view, mean-field variational inference by coordinate
/// ascent (Argelaguet et al., Genome Biology 2020; mofapy2's <c>BayesNet.iterate</c>, whose order is loadings, α, θ, factors, τ).
/// Complete data makes a factor's variance the same for all spots. An iteration reads the features twice: for Y τ E[W] and
/// for Yᵀ E[Z]; everything else is features × factors² or spots × factors².
/// </summary>
internal sealed class MofaModel
{
    private const int SpotTile = 256;

    private readonly ThreadTeam _team;
    private bool _noiseIsFresh;
    private FactorTable _product;

    /// <summary>A model before its first iteration.</summary>
    /// <param name="views">The features.</param>
    /// <param name="start">E[Z], spots × factors; the model's from now on.</param>
    /// <param name="spikeSlab">The prior of the loadings.</param>
    /// <param name="team">The threads.</param>
    public MofaModel(IReadOnlyList<CenteredView> views, FactorTable start, bool spikeSlab, ThreadTeam team)
    {
        _team = team;
        Factors = start;
        _product = new FactorTable(start.Rows, start.Factors);
        FactorVariances = [.. Enumerable.Repeat(1.0, start.Factors)];
        Views = [.. views.Select(view => new MofaView(view, start.Factors, spikeSlab))];
        Moments = Refresh();
    }

    public IReadOnlyList<MofaView> Views { get; }

    /// <summary>E[z], spots × factors.</summary>
    public FactorTable Factors { get; private set; }

    /// <summary>Var[z], per factor.</summary>
    public double[] FactorVariances { get; private set; }

    public FactorMoments Moments { get; private set; }

    /// <summary>One update of everything.</summary>
    /// <param name="learnsSparsity">Whether θ is updated, too.</param>
    public void Iterate(bool learnsSparsity)
    {
        foreach (MofaView view in Views)
        {
            view.UpdateLoadings(Moments, _team);
            view.UpdateRelevance();
            if (learnsSparsity)
                view.UpdateSparsity();
        }

        UpdateFactors();
        Moments = FactorMoments.Of(Factors, FactorVariances, _team);
        foreach (MofaView view in Views)
        {
            view.UpdateCross(Factors, _team);
            view.UpdateNoise(Moments, _team);
        }

        _noiseIsFresh = true;
    }

    /// <summary>What is to be added to the bound for the figure that mofapy2 computes, and ends its training by.</summary>
    public double OriginalExcess() => Views.Sum(view => view.OriginalExcess());

    /// <summary>The evidence lower bound.</summary>
    public double Bound()
    {
        double bound = 0;
        for (int k = 0; k < FactorVariances.Length; k++)
            bound += 0.5 * ((Factors.Rows * (1 + StableMath.Log(FactorVariances[k]))) - Moments.Squares[k]);
        foreach (MofaView view in Views)
            bound += view.Bound(Moments, _noiseIsFresh);
        return bound;
    }

    /// <summary>Takes a factor out.</summary>
    public void Remove(int factor)
    {
        Factors = Factors.Without(factor);
        FactorVariances = [.. FactorVariances.Where((_, k) => k != factor)];
        foreach (MofaView view in Views)
            view.Remove(factor);
        Moments = FactorMoments.Of(Factors, FactorVariances, _team);
        foreach (MofaView view in Views)
            view.Sum(_team);
        _noiseIsFresh = false;
    }

    /// <summary>Takes over a state from elsewhere.</summary>
    /// <param name="variances">Var[z], per factor; everything else was written into the tables.</param>
    public void Restore(double[] variances)
    {
        FactorVariances = variances;
        Moments = Refresh();
        _noiseIsFresh = true;
    }

    // What follows from the state proper.
    private FactorMoments Refresh()
    {
        foreach (MofaView view in Views)
        {
            view.UpdateCross(Factors, _team);
            view.Sum(_team);
        }

        return FactorMoments.Of(Factors, FactorVariances, _team);
    }

    private void UpdateFactors()
    {
        int factors = Factors.Factors;
        var sums = new LoadingSums(factors);
        if (_product.Factors != factors)
            _product = new FactorTable(Factors.Rows, factors);
        FactorTable product = _product;
        Array.Clear(product.Values);
        foreach (MofaView view in Views)
        {
            sums.Add(view.Sums);
            view.Data.Multiply(view.Weighted, product, _team);
        }

        for (int k = 0; k < factors; k++)
            FactorVariances[k] = 1 / (1 + sums.Precision[k]);
        _team.For((Factors.Rows + SpotTile - 1) / SpotTile, tile =>
        {
            int end = int.Min((tile + 1) * SpotTile, Factors.Rows);
            for (int spot = tile * SpotTile; spot < end; spot++)
                UpdateSpot(Factors.Row(spot), product.Row(spot), sums.Coupling);
        });
    }

    private void UpdateSpot(Span<double> z, ReadOnlySpan<double> product, double[] coupling)
    {
        for (int k = 0; k < z.Length; k++)
        {
            ReadOnlySpan<double> row = coupling.AsSpan(k * z.Length, z.Length);
            double others = -row[k] * z[k];
            for (int j = 0; j < z.Length; j++)
                others += row[j] * z[j];
            z[k] = FactorVariances[k] * (product[k] - others);
        }
    }
}
