namespace SpatialCluster.Methods.Training;

/// <summary>Where a training stands, after an epoch.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">Epochs wanted.</param>
/// <param name="Loss">The total loss of the last epoch.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, double Loss);
