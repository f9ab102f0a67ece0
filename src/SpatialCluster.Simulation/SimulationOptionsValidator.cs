using SpatialCluster.Compute.Errors;
using SpatialCluster.Simulation.Modalities;
using SpatialCluster.Simulation.Patterns;

namespace SpatialCluster.Simulation;

/// <summary>Refuses options that no slice can be made from.</summary>
internal static class SimulationOptionsValidator
{
    private const int LargestSide = 30_000;

    public static SpatialPattern Check(SimulationOptions options)
    {
        SpatialPattern pattern = SpatialPattern.Named(options.Pattern);
        CheckSide("rows", options.Rows, pattern);
        CheckSide("columns", options.Columns, pattern);
        if (!(options.NoiseLevel is >= 0 and <= 1e6))
            throw new BadInputException($"The noise level is {options.NoiseLevel}; it has to be 0 (no noise) or more, at most 1000000.");
        if (options.Modalities.Count == 0)
            throw new BadInputException("A simulated slice needs a modality; name at least one, such as rna.");
        long spots = (long)options.Rows * options.Columns;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SimulatedModality modality in options.Modalities)
        {
            ModalityValidator.Check(modality);
            if (!names.Add(modality.Name))
                throw new BadInputException($"Modality '{modality.Name}' is simulated twice; give one of them another name.");
            if (spots * modality.Features > Array.MaxLength)
            {
                throw new BadInputException(
                    $"{spots:N0} spots × {modality.Features:N0} features of '{modality.Name}' are more than {Array.MaxLength:N0} entries; use a smaller grid or fewer features.");
            }
        }

        return pattern;
    }

    private static void CheckSide(string what, int side, SpatialPattern pattern)
    {
        if (side > 0 && side % pattern.Side == 0 && side <= LargestSide)
            return;
        int below = Math.Min(side, LargestSide) / pattern.Side * pattern.Side;
        string way = side switch
        {
            > LargestSide => $"use {below} at most",
            _ when below <= 0 => $"use {pattern.Side}",
            _ => $"use {below} or {below + pattern.Side}",
        };
        throw new BadInputException($"A {pattern.Name} grid is a multiple of {pattern.Side} in both directions, and {side} {what} are not possible; {way}.");
    }
}
