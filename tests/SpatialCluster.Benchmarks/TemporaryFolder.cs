namespace SpatialCluster.Benchmarks;

/// <summary>A folder for files that a benchmark writes; gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("spatialcluster-benchmark-").FullName;

    public string this[string name] => System.IO.Path.Combine(_path, name);

    public string Path => _path;

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
