using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Loading;

/// <summary>MatrixMarket files, told by their first words or extension.</summary>
internal sealed class MatrixMarketFormat : ITableFormat
{
    public bool Recognises(string path) =>
        FileHead.Read(path, 14).AsSpan().SequenceEqual("%%MatrixMarket"u8) || (File.Exists(path) && FileHead.HasExtension(path, ".mtx"));

    public MeasurementTable Read(string path, ReadOptions options) => MatrixMarketReader.Read(path, options);
}
