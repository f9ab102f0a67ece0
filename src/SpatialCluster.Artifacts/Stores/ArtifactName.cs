using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores;

/// <summary>
/// The name of an artifact: parts of lower-case letters, digits, '-', '_' and '.', joined by '/'. Nothing that begins with a
/// point, so that no name leaves the store or meets a temporary file.
/// </summary>
public readonly record struct ArtifactName
{
    /// <summary>Takes a name.</summary>
    /// <param name="value">Such as <c>grains/slice/0a…/result.json</c>.</param>
    /// <exception cref="BadInputException">It is not of that form.</exception>
    public ArtifactName(string value)
    {
        if (!IsValid(value))
            throw new BadInputException($"'{value}' names no artifact: a name is made of parts of a-z, 0-9, '-', '_' and '.', joined by '/', none beginning with a point.");
        Value = value;
    }

    /// <summary>The whole name.</summary>
    public string Value { get; }

    /// <summary>The name.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;

    /// <summary>Whether a text is of the form of a name.</summary>
    internal static bool IsValid(string value) => value.Length is > 0 and <= 512 && value.Split('/').All(IsPart);

    /// <summary>Whether a text may stand between two '/'.</summary>
    internal static bool IsPart(string part) =>
        part.Length > 0 && part[0] != '.' && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');
}
