using SpatialCluster.Data.Files;

namespace SpatialCluster.Methods.Training;

/// <summary>A checkpoint as a file.</summary>
/// <param name="path">The file; its folder must exist.</param>
public sealed class FileCheckpoint(string path) : ITrainingCheckpoint
{
    /// <inheritdoc/>
    public string Location => path;

    /// <inheritdoc/>
    public Stream? Open() => File.Exists(path) ? File.OpenRead(path) : null;

    /// <inheritdoc/>
    public void Save(Action<Stream> write) => AtomicFile.Write(path, write);
}
