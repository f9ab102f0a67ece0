namespace SpatialCluster.Methods.Mofa;

/// <summary>Sums over the features of a view, per factor, and what the factors' update needs of the loadings.</summary>
internal sealed class LoadingSums(int factors)
{
    /// <summary>Σ q(s = 1).</summary>
    public double[] Slab { get; } = new double[factors];

    /// <summary>Σ E[w²].</summary>
    public double[] SlabSquares { get; } = new double[factors];

    /// <summary>Σ q(s = 1) ln Var[ŵ | s = 1].</summary>
    public double[] SlabLogVariance { get; } = new double[factors];

    /// <summary>Σ of the entropy of q(s).</summary>
    public double[] SwitchEntropy { get; } = new double[factors];

    /// <summary>Σ τ E[w_j] E[w_k], factors × factors.</summary>
    public double[] Coupling { get; } = new double[factors * factors];

    /// <summary>Σ τ E[w²].</summary>
    public double[] Precision { get; } = new double[factors];

    public void Add(LoadingSums other)
    {
        Add(Slab, other.Slab);
        Add(SlabSquares, other.SlabSquares);
        Add(SlabLogVariance, other.SlabLogVariance);
        Add(SwitchEntropy, other.SwitchEntropy);
        Add(Coupling, other.Coupling);
        Add(Precision, other.Precision);
    }

    private static void Add(double[] sums, double[] more)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += more[i];
    }
}
