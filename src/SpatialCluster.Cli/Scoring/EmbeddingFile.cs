using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Cli.Scoring;

/// <summary>What scoring needs of an <c>.h5ad</c> file: an embedding, labels, places.</summary>
internal sealed class EmbeddingFile
{
    private readonly string _path;
    private readonly IReadOnlyList<SpotAnnotation> _labels;

    public EmbeddingFile(string path)
    {
        _path = path;
        _labels = AnnDataFile.ReadLabels(path).Annotations;
    }

    /// <summary>An entry of <c>obsm</c>.</summary>
    public SpotEmbedding Embedding(string key) => AnnDataFile.ReadEmbedding(_path, key);

    /// <summary>Whether <c>obs</c> has a column of labels.</summary>
    public bool HasLabels(string column) => _labels.Any(label => label.Name == column);

    /// <summary>Labels from <c>obs:COLUMN</c>, from a table, or from another <c>.h5ad</c> file.</summary>
    /// <exception cref="BadInputException">There are none of that name.</exception>
    public SpotAnnotation Labels(string option, string text, IReadOnlyList<string> spots, List<string> notes)
    {
        TruthSource source = TruthSource.Parse(text);
        if (source.Path is null)
            return Column(option, _path, _labels, source.Column!);
        if (!Hdf5TableReader.IsHdf5(source.Path))
        {
            Data.Text.SpotLabels found = LabelsReader.Read(source.Path, source.Column, spots, source.SpotColumn);
            notes.Add(found.Note);
            return found.Annotation;
        }

        Data.AnnData.SpotLabels other = AnnDataFile.ReadLabels(source.Path);
        SpotAnnotation column = Column(option, source.Path, other.Annotations, source.Column ?? "");
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < other.SpotNames.Count; row++)
            rows[other.SpotNames[row]] = row;
        int[] codes = [.. spots.Select(spot => rows.TryGetValue(spot, out int row) ? column.Codes[row] : -1)];
        int labelled = codes.Count(code => code >= 0);
        notes.Add($"{labelled:N0} of {spots.Count:N0} spots have a label in {source.Path}.");
        return labelled > 0 ? column with { Codes = codes } : throw new BadInputException($"{source.Path} has no label for any spot of {_path}; check that both name their spots alike.");
    }

    /// <summary>Where the spots lie; null where the file does not tell.</summary>
    public SpotCoordinates? Places()
    {
        if (!Hdf5TableReader.Describe(_path).Tables[0].Embeddings.Any(entry => entry.Name == "spatial" && entry.Columns >= 2))
            return null;
        using Matrix places = AnnDataFile.ReadEmbedding(_path, "spatial").Values;
        return new SpotCoordinates(Values(places, 0), Values(places, 1));
    }

    private static SpotAnnotation Column(string option, string path, IReadOnlyList<SpotAnnotation> labels, string column) =>
        labels.FirstOrDefault(label => label.Name == column) ?? throw new BadInputException(
            $"{option}: {path} has no column '{column}' of labels in obs; it has {(labels.Count == 0 ? "none" : string.Join(", ", labels.Select(label => $"'{label.Name}'")))}.");

    private static double[] Values(Matrix matrix, int column) => [.. Enumerable.Range(0, matrix.Rows).Select(row => (double)matrix.Row(row)[column])];
}
