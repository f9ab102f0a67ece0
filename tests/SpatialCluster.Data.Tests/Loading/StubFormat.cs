using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Loading;

/// <summary>Gives tables that a test made, under names that no file has.</summary>
internal sealed class StubFormat(Dictionary<string, MeasurementTable> tables) : ITableFormat
{
    public bool Recognises(string path) => tables.ContainsKey(Path.GetFileName(path));

    public MeasurementTable Read(string path, ReadOptions options) => tables[Path.GetFileName(path)];
}
