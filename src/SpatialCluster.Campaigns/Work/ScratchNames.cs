using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Names out of a spec that become files: none may lead out of the folder that they belong into.</summary>
internal static class ScratchNames
{
    private const int Longest = 200;

    /// <summary>Refuses what is no plain file name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <returns>The name.</returns>
    /// <exception cref="BadInputException">It is empty, too long, begins with a dot, or holds a slash, a backslash or a control character.</exception>
    public static string Require(string name, string what) =>
        name.Length is > 0 and <= Longest && name[0] != '.' && !name.Any(c => c is '/' or '\\' || char.IsControl(c))
            ? name
            : throw new BadInputException($"'{name}' cannot be {what}; take letters, digits, - and _, and no dot in front.");

    /// <summary>The path of a file in a folder, for a name of one or more parts between slashes.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Such as <c>counts/matrix.mtx</c>.</param>
    /// <returns>The path below the folder.</returns>
    /// <exception cref="BadInputException">A part is no plain file name.</exception>
    public static string PathOf(string folder, string name) =>
        $"{folder}/{string.Join('/', name.Split('/').Select(part => Require(part, $"part of the file name '{name}'")))}";
}
