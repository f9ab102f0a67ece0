using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.SpatialGlue;

/// <summary>
/// Every hyper-parameter of SpatialGlue. Defaults are the original's for SPOTS data; weights of the loss are per modality, and
/// the last of a list holds for all further ones.
/// </summary>
public sealed record SpatialGlueOptions : MethodOptions
{
    /// <summary>Full passes over the slice.</summary>
    public int Epochs { get; init; } = 600;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 0.0001;

    /// <summary>Adam's L2 decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Neighbours of a spot in the spatial graph.</summary>
    public int Neighbours { get; init; } = 3;

    /// <summary>Neighbours of a spot in the feature graph of each modality, by correlation.</summary>
    public int FeatureNeighbours { get; init; } = 20;

    /// <summary>Width of the embedding.</summary>
    public int EmbeddingWidth { get; init; } = 64;

    /// <summary>Weight of the reconstruction loss, per modality.</summary>
    public IReadOnlyList<double> ReconstructionWeights { get; init; } = [1, 5];

    /// <summary>Weight of the correspondence loss, per modality whose latent is sent through the others.</summary>
    public IReadOnlyList<double> CorrespondenceWeights { get; init; } = [1];

    /// <summary>Whether to train with the correspondence loss; off is an ablation. One modality has none.</summary>
    public bool Correspondence { get; init; } = true;

    /// <summary>Whether to encode on the feature graphs beside the spatial one; off is an ablation, which has no attention over graphs either.</summary>
    public bool FeatureGraph { get; init; } = true;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(Epochs >= 1, "--epochs", Epochs, "at least 1");
        Require(double.IsFinite(LearningRate) && LearningRate > 0, "--learning-rate", LearningRate, "a positive number");
        Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, "--weight-decay", WeightDecay, "zero or a positive number");
        Require(Neighbours >= 1, "--neighbors", Neighbours, "at least 1");
        Require(FeatureNeighbours >= 1, "--feature-neighbors", FeatureNeighbours, "at least 1");
        Require(EmbeddingWidth is >= 1 and <= 65536, "--embedding-width", EmbeddingWidth, "between 1 and 65536");
        RequireWeights(ReconstructionWeights, "--reconstruction-weights");
        RequireWeights(CorrespondenceWeights, "--correspondence-weights");
    }
}
