using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>Files of the HDF5 family: <c>.h5ad</c>, <c>.h5mu</c>, <c>.h5</c>, told by their signature or extension.</summary>
/// <param name="read">Reads such a file, whichever of the family it is.</param>
public sealed class Hdf5Format(Func<string, ReadOptions, MeasurementTable> read) : ITableFormat
{
    /// <inheritdoc/>
    public bool Recognises(string path) =>
        FileHead.Read(path, 8).AsSpan().SequenceEqual((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A])
        || (File.Exists(path) && FileHead.HasExtension(path, ".h5ad", ".h5mu", ".h5", ".hdf5"));

    /// <inheritdoc/>
    public MeasurementTable Read(string path, ReadOptions options) => read(path, options);
}
