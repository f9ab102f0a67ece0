using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Methods.Catalogue;

/// <summary>The hyper-parameters of a method: a record whose settable properties are all that its result depends on beside input and seed.</summary>
public abstract record MethodOptions
{
    /// <summary>Checks ranges.</summary>
    /// <exception cref="BadInputException">Names the option as the command line does, and what it may be.</exception>
    public abstract void Validate();

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
