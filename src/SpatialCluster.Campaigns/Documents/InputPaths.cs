using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Finds the files that a document names, and none outside the folders that it may reach.</summary>
internal sealed class InputPaths
{
    private readonly string _folder;
    private readonly string[] _roots;

    public InputPaths(string folder, IReadOnlyList<string> roots, bool onlyRoots = false)
    {
        _folder = Path.GetFullPath(folder);
        IEnumerable<string> all = onlyRoots ? roots : roots.Prepend(_folder);
        _roots = [.. all.Select(RealPath.Of)];
    }

    /// <summary>A path of the document, made absolute; its links stay, as files beside it are looked for where the link lies.</summary>
    public string Absolute(string text) => Path.GetFullPath(Path.Combine(_folder, text));

    /// <summary>Where an existing file or folder really lies.</summary>
    /// <param name="field">What names it.</param>
    /// <param name="text">As it is written there.</param>
    /// <param name="absolute">The path, absolute.</param>
    /// <exception cref="BadInputException">It lies outside the roots, or is not there.</exception>
    public string Real(Field field, string text, string absolute)
    {
        if (_roots.Length == 0)
            throw field.Error($"is '{text}', and no folder is open to documents from elsewhere; simulate the data, or have whoever runs this server allow a folder with --root.");
        string real;
        try
        {
            real = RealPath.Of(absolute);
        }
        catch (BadInputException circle)
        {
            throw field.Place.Error(circle);
        }

        // Checked first, so that a document cannot learn what there is elsewhere.
        if (!Array.Exists(_roots, root => RealPath.IsWithin(real, root)))
        {
            throw field.Error(
                $"is '{text}', which leads outside {string.Join(" and ", _roots)}; put the data into the campaign's folder, or allow the folder it lies in when you run the campaign.");
        }

        return File.Exists(real) || Directory.Exists(real)
            ? real
            : throw field.Error($"is '{text}', and there is no file {absolute}; paths start from the campaign's folder.");
    }
}
