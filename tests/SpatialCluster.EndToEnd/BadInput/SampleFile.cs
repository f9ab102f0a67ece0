using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.AnnData;

namespace SpatialCluster.EndToEnd.BadInput;

/// <summary>An <c>.h5ad</c> file with whatever is wrong with it.</summary>
internal sealed record SampleFile
{
    private const int Features = 12;

    public int Spots { get; init; } = 40;

    /// <summary>The number in the first spot's name; the others follow.</summary>
    public int FirstName { get; init; }

    /// <summary>Features from here on repeat those before.</summary>
    public int DistinctFeatures { get; init; } = Features;

    public bool WithValues { get; init; } = true;

    public bool WithPlaces { get; init; } = true;

    /// <summary>Stands in the sixth spot's third feature.</summary>
    public float OddValue { get; init; } = 1;

    public string Write(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        AnnDataWriter.Write(path, new AnnDataDocument
        {
            SpotNames = [.. Enumerable.Range(FirstName, Spots).Select(i => $"spot{i:000}")],
            FeatureNames = [.. Enumerable.Range(0, Features).Select(i => $"gene{i}")],
            X = WithValues ? Values() : null,
            Tables = WithPlaces ? [new NamedTable("spatial", 2, [.. Enumerable.Range(0, Spots).SelectMany(i => new double[] { i % 8, i / 8 })])] : [],
        });
        return path;
    }

    private CsrMatrix Values()
    {
        // Of no pattern: remainders of squares.
        float[] values = [.. Enumerable.Range(0, Spots * Features).Select(i => (long)(i / Features * Features) + (i % Features % DistinctFeatures)).Select(i => 1f + (i * i % 101 % 7))];
        if (OddValue != 1)
            values[(5 * Features) + 2] = OddValue;
        return new CsrMatrix(
            Spots, Features, [.. Enumerable.Range(0, Spots + 1).Select(i => (long)i * Features)], [.. Enumerable.Range(0, Spots * Features).Select(i => i % Features)], values);
    }
}
