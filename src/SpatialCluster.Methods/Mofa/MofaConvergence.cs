namespace SpatialCluster.Methods.Mofa;

/// <summary>When training ends: after two iterations in a row in which the bound changed by less than this share of its first value.</summary>
public enum MofaConvergence
{
    /// <summary>0.0005 %.</summary>
    Fast,

    /// <summary>0.00005 %.</summary>
    Medium,

    /// <summary>0.000005 %.</summary>
    Slow,
}
