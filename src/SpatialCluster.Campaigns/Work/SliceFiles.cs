using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Loads a slice from blobs: they become files under the names that the spec has for them, and are read as files are.</summary>
internal sealed class SliceFiles
{
    private readonly FileSource _source;
    private readonly string _folder;
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    private SliceFiles(FileSource source, string folder) => (_source, _folder) = (source, folder);

    /// <summary>Loads a slice.</summary>
    public static (Slice Slice, SpotAnnotation? Truth, IReadOnlyList<string> Notes) Load(FileSource source, GrainContext context)
    {
        string folder = Path.Combine(context.ScratchFolder, "input");
        try
        {
            return new SliceFiles(source, folder).Load(context);
        }
        catch (BadInputException wrong) when (wrong.Message.Contains(folder, StringComparison.Ordinal))
        {
            // People know the files by their own names, and a message may lie in the store for long.
            throw new BadInputException(WithoutFolder(wrong.Message, folder), wrong);
        }
    }

    private static string WithoutFolder(string text, string folder) => text.Replace(folder + "/", "", StringComparison.Ordinal).Replace(folder, "", StringComparison.Ordinal);

    private (Slice Slice, SpotAnnotation? Truth, IReadOnlyList<string> Notes) Load(GrainContext context)
    {
        context.Begin("fetch files");
        Directory.CreateDirectory(_folder);
        foreach (InputFile file in _source.Files)
        {
            string path = ScratchNames.PathOf(_folder, file.Name);
            if (!_paths.Add(path))
                throw new BadInputException($"Two files of the slice are called '{file.Name}'; give each a name of its own.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            context.Cancellation.ThrowIfCancellationRequested();
            context.CopyToFile(file.Content, path);
        }

        context.Begin("read");
        LoadedSlice loaded = new SliceLoader(TableReader.Standard).Load(Request());
        Directory.Delete(_folder, recursive: true);
        return (loaded.Slice, loaded.Truth, [.. loaded.Report.Notes.Select(note => WithoutFolder(note.Sentence, _folder))]);
    }

    private SliceRequest Request() => new()
    {
        Modalities = [.. _source.Modalities.Select(m => new ModalityRequest
        {
            Name = ScratchNames.Require(m.Name, "a modality's name"),
            Path = Among(ScratchNames.PathOf(_folder, m.File), m.File, folders: true),
            Kind = m.Measures is null ? null : KindOf(m.Measures),
            Preprocessed = m.Preprocessed,
            Options = new ReadOptions { Layer = m.Layer, Part = m.Part, FeaturesInRows = m.FeaturesInRows },
        })],
        Coordinates = _source.Coordinates is { } coordinates ? Coordinates(coordinates) : null,
        Truth = _source.Truth is { } truth ? Truth(truth) : null,
        AllowUnmatched = _source.AllowUnmatched,
    };

    private CoordinatesSource Coordinates(string text)
    {
        if (text == "names")
            return CoordinatesSource.SpotNames;
        CoordinatesSource source = CoordinatesSource.Parse($"{_folder}/{text}");
        Among(source.Path!, text, folders: false);
        return source;
    }

    private TruthSource Truth(string text)
    {
        if (text.StartsWith("obs:", StringComparison.Ordinal))
            return TruthSource.Parse(text);
        TruthSource source = TruthSource.Parse($"{_folder}/{text}");
        Among(source.Path!, text, folders: false);
        return source;
    }

    // Nothing is read but what came out of the store.
    private string Among(string path, string name, bool folders) =>
        _paths.Contains(path) || (folders && _paths.Any(p => p.StartsWith(path + "/", StringComparison.Ordinal)))
            ? path
            : throw new BadInputException($"'{name}' is none of the slice's files; there is {string.Join(", ", _source.Files.Select(f => f.Name))}.");

    private static ModalityKind KindOf(string text) => ModalityKinds.Infer(text)
        ?? throw new BadInputException($"There is no kind of modality '{text}'; use rna, protein, atac, histone or metabolite.");
}
