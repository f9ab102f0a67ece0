namespace SpatialCluster.Silo.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("spatialcluster-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
