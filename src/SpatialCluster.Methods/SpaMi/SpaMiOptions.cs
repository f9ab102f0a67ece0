using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>
/// Every hyper-parameter of SpaMI. Defaults are the original's for simulated data (its <c>main.py</c>); weights of the loss
/// are per modality, and the last of a list holds for all further ones.
/// </summary>
public sealed record SpaMiOptions : MethodOptions
{
    /// <summary>Full passes over the slice.</summary>
    public int Epochs { get; init; } = 1000;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Adam's L2 decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Neighbours of a spot in the spatial graph.</summary>
    public int Neighbours { get; init; } = 3;

    /// <summary>Width of the hidden layer of encoders and decoders.</summary>
    public int HiddenWidth { get; init; } = 256;

    /// <summary>Width of the embedding.</summary>
    public int EmbeddingWidth { get; init; } = 64;

    /// <summary>Chance of an input element to be dropped while training.</summary>
    public double Dropout { get; init; } = 0.15;

    /// <summary>Weight of the contrastive loss, per modality.</summary>
    public IReadOnlyList<double> ContrastiveWeights { get; init; } = [1];

    /// <summary>Weight of the reconstruction loss, per modality.</summary>
    public IReadOnlyList<double> ReconstructionWeights { get; init; } = [10];

    /// <summary>Weight of the cosine loss.</summary>
    public double CosineWeight { get; init; } = 5;

    /// <summary>Whether to train with the contrastive loss; off is an ablation.</summary>
    public bool Contrastive { get; init; } = true;

    /// <summary>Whether to train with the cosine loss; off is an ablation. One modality has none.</summary>
    public bool Cosine { get; init; } = true;

    /// <summary>How embeddings are fused.</summary>
    public Fusion Fusion { get; init; } = Fusion.Attention;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(Epochs >= 1, "--epochs", Epochs, "at least 1");
        Require(double.IsFinite(LearningRate) && LearningRate > 0, "--learning-rate", LearningRate, "a positive number");
        Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, "--weight-decay", WeightDecay, "zero or a positive number");
        Require(Neighbours >= 1, "--neighbors", Neighbours, "at least 1");
        Require(HiddenWidth is >= 1 and <= 65536, "--hidden-width", HiddenWidth, "between 1 and 65536");
        Require(EmbeddingWidth is >= 1 and <= 65536, "--embedding-width", EmbeddingWidth, "between 1 and 65536");
        Require(Dropout is >= 0 and < 1, "--dropout", Dropout, "at least 0 and less than 1");
        Require(CosineWeight >= 0 && double.IsFinite(CosineWeight), "--cosine-weight", CosineWeight, "zero or a positive number");
        RequireWeights(ContrastiveWeights, "--contrastive-weights");
        RequireWeights(ReconstructionWeights, "--reconstruction-weights");
    }
}
