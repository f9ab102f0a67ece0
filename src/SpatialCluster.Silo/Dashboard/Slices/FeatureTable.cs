using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Silo.Dashboard.Api;

namespace SpatialCluster.Silo.Dashboard.Slices;

/// <summary>The counts of a modality, feature by feature.</summary>
internal sealed class FeatureTable
{
    private const int MostSuggested = 500;

    private readonly CsrMatrix _byFeature;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    public FeatureTable(ContentDigest content, IReadOnlyList<string> names, CsrMatrix counts)
    {
        (Content, Names, _byFeature) = (content, names, counts.Transpose());
        for (int f = 0; f < names.Count; f++)
            _index.TryAdd(names[f], f);
    }

    /// <summary>The bytes that it was read from.</summary>
    public ContentDigest Content { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>What it takes of memory.</summary>
    public long Bytes => _byFeature.NonZeros * (sizeof(int) + sizeof(float));

    /// <summary>Names that contain a text: those that begin with it first, else in their order.</summary>
    public IEnumerable<string> Search(string text) => text.Length == 0 ? Names
        : Names.Where(n => n.Contains(text, StringComparison.OrdinalIgnoreCase)).OrderBy(n => !n.StartsWith(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The number of a feature.</summary>
    /// <exception cref="MissingException">There is none of that name.</exception>
    public int Find(string name) => _index.TryGetValue(name, out int index) ? index
        : throw new MissingException($"The modality has no feature '{name}'; {Suggestions.Sentence(name, [.. Search(name.Length > 2 ? name[..2] : name).Take(MostSuggested)])}");

    /// <summary>The value of each spot.</summary>
    public float[] Values(int feature)
    {
        var values = new float[_byFeature.Columns];
        ReadOnlySpan<int> spots = _byFeature.RowColumns(feature);
        ReadOnlySpan<float> counts = _byFeature.RowValues(feature);
        for (int e = 0; e < spots.Length; e++)
            values[spots[e]] = counts[e];
        return values;
    }
}
