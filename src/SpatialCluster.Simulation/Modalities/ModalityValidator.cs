using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Simulation.Modalities;

/// <summary>Refuses parameters of a modality that nothing can be drawn from.</summary>
internal static class ModalityValidator
{
    // Means up to 10⁶ stay exact in float32 and far inside what the samplers are good for.
    private const double LargestMean = 1e6;

    public static void Check(SimulatedModality modality)
    {
        string name = modality.Name;
        if (string.IsNullOrWhiteSpace(name))
            throw new BadInputException("A simulated modality has no name; give it one, such as 'rna'.");
        if (modality.Features < 1)
            throw Wrong(name, "the number of features", modality.Features, "at least 1");
        if (modality.NonSpatialFactors < 1)
            throw Wrong(name, "the number of non-spatial factors", modality.NonSpatialFactors, "at least 1");
        if (!(modality.Strength is > 0 and <= LargestMean))
            throw Wrong(name, "the strength", modality.Strength, "above 0 and at most 1000000");
        if (!(modality.Background is >= 0 and <= LargestMean))
            throw Wrong(name, "the background", modality.Background, "from 0 to 1000000");
        if (!(modality.OnProbability is >= 0 and <= 1))
            throw Wrong(name, "the probability of a non-spatial factor", modality.OnProbability, "from 0 to 1");
        if (!(modality.ZeroInflation is >= 0 and <= 1))
            throw Wrong(name, "the zero inflation", modality.ZeroInflation, "from 0 to 1");
        if (!(modality.SpatialShare is >= 0 and <= 1))
            throw Wrong(name, "the spatial share", modality.SpatialShare, "from 0 to 1");
        if (!(modality.Shape is >= 1e-3 and <= 1e9))
            throw Wrong(name, "the shape", modality.Shape, "from 0.001 to 1e9");
        if (!Enum.IsDefined(modality.Distribution))
            throw new BadInputException($"Simulated modality '{name}' has an unknown distribution; use {string.Join(", ", Enum.GetNames<Sampling.CountDistribution>())}.");
    }

    private static BadInputException Wrong(string modality, string what, double value, string way) =>
        new($"Simulated modality '{modality}': {what} is {value}; it has to be {way}.");
}
