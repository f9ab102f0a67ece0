using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Files;

/// <summary>
/// Files that belong together: each is written under a temporary name, and all get their own names when the last is there.
/// Where one fails, none is there, and older files of those names stay as they were.
/// </summary>
public sealed class OutputSet : IDisposable
{
    private readonly List<PendingFile> _pending = [];

    /// <summary>Gives all files their names, in the order in which they were written.</summary>
    /// <exception cref="SpatialClusterException">A name cannot be taken; then those taken before are given back.</exception>
    public void Publish()
    {
        var published = new List<PendingFile>();
        foreach (PendingFile file in _pending)
        {
            try
            {
                published.Add(file);
                if (File.Exists(file.Full))
                    File.Move(file.Full, file.Aside);
                File.Move(file.Temporary, file.Full);
                FolderFlush.ToDisk(Path.GetDirectoryName(file.Full)!);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                published.Reverse();
                published.ForEach(GiveBack);
                throw AtomicFile.Explain(file.Path, failure);
            }
        }

        _pending.Clear();
        published.ForEach(file => AtomicFile.Remove(file.Aside));
    }

    /// <summary>Removes what was not published.</summary>
    public void Dispose()
    {
        _pending.ForEach(file => AtomicFile.Remove(file.Temporary));
        _pending.Clear();
    }

    internal void Add(PendingFile file) => _pending.Add(file);

    // A file whose own name was not taken yet is not touched.
    private static void GiveBack(PendingFile file)
    {
        bool taken = !File.Exists(file.Temporary);
        if (File.Exists(file.Aside))
            File.Move(file.Aside, file.Full, overwrite: true);
        else if (taken)
            AtomicFile.Remove(file.Full);
    }
}
