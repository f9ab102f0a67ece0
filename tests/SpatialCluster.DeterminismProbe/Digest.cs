using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SpatialCluster.DeterminismProbe;

/// <summary>SHA-256 over results, bit by bit.</summary>
internal sealed class Digest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add<T>(ReadOnlySpan<T> values)
        where T : struct => _hash.AppendData(MemoryMarshal.AsBytes(values));

    public void Add(double value) => Add<double>([value]);

    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
