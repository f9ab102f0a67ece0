using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Where something stands in a document.</summary>
/// <param name="Source">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Path">The field, such as <c>methods[0].preset</c>.</param>
public sealed record DocumentPlace(string Source, int Line, string Path)
{
    /// <summary>An error at this place.</summary>
    /// <param name="what">What is wrong, to follow the field's name, and the way out.</param>
    /// <param name="inner">The cause, if another exception is behind it.</param>
    /// <returns>Such as <c>a.yaml:3: seeds is empty; …</c>.</returns>
    public BadInputException Error(string what, Exception? inner = null) => new($"{Source}:{Line}: {Path} {what}", inner);

    /// <summary>A refusal from elsewhere, told with its place.</summary>
    /// <param name="cause">What was refused, in a sentence of its own.</param>
    /// <returns>Such as <c>a.yaml:3: methods[0]: There is no …</c>.</returns>
    public BadInputException Error(BadInputException cause) => new($"{Source}:{Line}: {Path}: {cause.Message.Replace("--", "", StringComparison.Ordinal)}", cause);
}
