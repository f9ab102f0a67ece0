using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Loading;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Gathers the files of one dataset under names that say nothing of the machine.</summary>
internal sealed class DatasetInputs(InputPaths paths)
{
    private readonly List<DatasetFile> _files = [];

    public IReadOnlyList<DatasetFile> Files => _files;

    /// <summary>Adds a table of measurements, with the files beside it that belong to it.</summary>
    /// <param name="field">What names it.</param>
    /// <param name="owner">The modality.</param>
    /// <returns>Its name.</returns>
    public string AddTable(Field field, string owner)
    {
        string text = field.Text("a path, such as rna.h5ad");
        string main = Path.TrimEndingDirectorySeparator(paths.Absolute(text));
        string real = paths.Real(field, text, main);
        IReadOnlyList<string> parts;
        try
        {
            parts = TableFiles.Of(main);
        }
        catch (BadInputException refusal)
        {
            throw field.Place.Error(refusal);
        }

        if (parts is [var only] && only == main)
            return Add(main, real, owner);
        string home = Path.GetDirectoryName(main)!;
        foreach (string part in parts)
            _files.Add(new DatasetFile($"{owner}/{Path.GetRelativePath(home, part).Replace('\\', '/')}", paths.Real(field, text, part)));
        return $"{owner}/{Path.GetFileName(main)}";
    }

    /// <summary>Adds the file of <c>file:columns</c>.</summary>
    /// <param name="field">What names it.</param>
    /// <param name="owner">What it is for.</param>
    /// <param name="example">How it is written.</param>
    /// <returns>The text with the file's name in place of its path.</returns>
    public string AddColumns(Field field, string owner, string example)
    {
        string text = field.Text($"a file and columns, such as {example}");
        string path = text;
        if (text.LastIndexOf(':') is > 0 and var colon && !File.Exists(paths.Absolute(text)))
            path = text[..colon];
        string absolute = paths.Absolute(path);
        string real = paths.Real(field, path, absolute);
        return File.Exists(real) ? Add(absolute, real, owner) + text[path.Length..] : throw field.Error($"is '{path}', which is a folder; name a file, as in {example}.");
    }

    private string Add(string path, string real, string owner)
    {
        string name = Path.GetFileName(path);
        if (_files.Find(f => f.Name == name) is { } other)
        {
            if (other.Path == real)
                return name;
            name = $"{owner}/{name}";
        }

        _files.Add(new DatasetFile(name, real));
        return name;
    }
}
