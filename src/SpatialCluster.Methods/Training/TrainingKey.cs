using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Options;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Training;

/// <summary>Digests all that a training depends on, so that a checkpoint is continued by the run it belongs to alone.</summary>
public sealed class TrainingKey : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins a key.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="options">Its hyper-parameters.</param>
    /// <param name="names">The modalities' names.</param>
    /// <param name="seed">The seed.</param>
    public TrainingKey(string method, int version, MethodOptions options, IReadOnlyList<string> names, ulong seed) =>
        _hash.AppendData(Encoding.UTF8.GetBytes($"{method} {version}\n{OptionRecord.ToJson(options).ToJsonString()}\n{string.Join('\n', names)}\nseed {seed}\n"));

    /// <summary>Adds features.</summary>
    /// <param name="matrix">Any matrix.</param>
    /// <returns>This.</returns>
    public TrainingKey Add(Matrix matrix)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes($"{matrix.Rows} × {matrix.Columns}\n"));
        for (int row = 0; row < matrix.Rows; row++)
            _hash.AppendData(MemoryMarshal.AsBytes(matrix.Row(row)));
        return this;
    }

    /// <summary>Adds a graph: where its edges are, and what they weigh.</summary>
    /// <param name="graph">Any graph.</param>
    /// <returns>This.</returns>
    public TrainingKey Add(CsrMatrix graph)
    {
        _hash.AppendData(MemoryMarshal.AsBytes(graph.RowPointers.AsSpan()));
        _hash.AppendData(MemoryMarshal.AsBytes(graph.ColumnIndices.AsSpan()));
        _hash.AppendData(MemoryMarshal.AsBytes(graph.Values.AsSpan()));
        return this;
    }

    /// <summary>The key.</summary>
    /// <returns>Hexadecimal digits.</returns>
    public string Take() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <summary>Releases the digest.</summary>
    public void Dispose() => _hash.Dispose();
}
