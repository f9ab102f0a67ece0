using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Data.Npy;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Reads the arrays that a grain made.</summary>
/// <param name="result">The grain's result.</param>
/// <param name="open">Opens bytes of the store.</param>
internal sealed class StoredArrays(GrainResult result, Func<ContentDigest, Stream> open)
{
    /// <summary>Whether there is an output of a name.</summary>
    public bool Has(string name) => result.Find(name) is not null;

    /// <summary>A list.</summary>
    public T[] List<T>(string name)
        where T : unmanaged =>
        Read(name, NpyReader.ReadList<T>);

    /// <summary>A table.</summary>
    public (int Rows, int Columns, T[] Values) Table<T>(string name)
        where T : unmanaged =>
        Read(name, NpyReader.ReadTable<T>);

    /// <summary>A matrix, to be disposed.</summary>
    public Matrix Matrix(string name) => Read(name, NpyReader.ReadMatrix);

    private T Read<T>(string name, Func<Stream, long, string, T> read)
    {
        GrainOutput output = result.Find(name) ?? throw Missing(name);
        using Stream stream = open(output.Digest);
        return read(stream, output.Bytes, $"{name} of {result.Key}");
    }

    private SpatialClusterException Missing(string name) => new(
        FailureKind.Permanent, $"The result of {result.Key} names no {name}; it was made by another program: delete it to have it made anew.");
}
