namespace SpatialCluster.Methods.SpaMi;

/// <summary>How the embeddings of the modalities become one.</summary>
public enum Fusion
{
    /// <summary>A weighted sum with weights per spot: the paper's attention aggregation.</summary>
    Attention,

    /// <summary>Side by side: the paper's ablation.</summary>
    Concatenation,
}
