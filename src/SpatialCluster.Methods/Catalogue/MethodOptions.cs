using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Methods.Catalogue;

/// <summary>The hyper-parameters of a method: a record whose settable properties are all that its result depends on beside input and seed.</summary>
public abstract record MethodOptions
{
    /// <summary>Checks ranges.</summary>
    /// <exception cref="BadInputException">Names the option as the command line does, and what it may be.</exception>
    public abstract void Validate();

    /// <summary>The weight of one modality.</summary>
    /// <param name="weights">One per modality; the last holds for all further ones.</param>
    /// <param name="modality">The modality's index.</param>
    /// <returns>Its weight.</returns>
    public static double WeightOf(IReadOnlyList<double> weights, int modality) => weights[int.Min(modality, weights.Count - 1)];

    /// <summary>Refuses weights that are none.</summary>
    /// <param name="weights">One per modality.</param>
    /// <param name="option">The option's name.</param>
    /// <exception cref="BadInputException">There is none, or one is negative or no number.</exception>
    protected static void RequireWeights(IReadOnlyList<double> weights, string option)
    {
        if (weights.Count == 0 || weights.Any(w => !double.IsFinite(w) || w < 0))
            throw new BadInputException($"{option} is '{string.Join(',', weights)}'; it must be one number per modality, each zero or positive.");
    }

    /// <summary>Refuses a value out of range.</summary>
    /// <param name="holds">Whether the value is in range.</param>
    /// <param name="option">The option's name, such as <c>--epochs</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="range">What it may be.</param>
    /// <exception cref="BadInputException">It is not in range.</exception>
    protected static void Require(bool holds, string option, IFormattable value, string range)
    {
        if (!holds)
            throw new BadInputException($"{option} is {value}; it must be {range}.");
    }
}
