using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Loading;

/// <summary>Folders, which can only be those of 10x.</summary>
internal sealed class TenxFolderFormat : ITableFormat
{
    public bool Recognises(string path) => Directory.Exists(path);

    public MeasurementTable Read(string path, ReadOptions options) => TenxFolderReader.Read(path, options);
}
