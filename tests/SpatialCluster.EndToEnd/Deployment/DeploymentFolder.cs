namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>A temporary folder.</summary>
internal sealed class DeploymentFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("spatialcluster-deployment-").FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
