using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;

namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>The file <c>store.json</c> that says that a folder is a store, and of which version.</summary>
internal static class StoreMarker
{
    /// <summary>Makes sure that a folder is a store that this program knows.</summary>
    /// <exception cref="BadInputException">It is none, or of a newer version.</exception>
    public static void Require(string root, bool create)
    {
        string marker = Path.Combine(root, NameRules.Marker);
        if (create && !File.Exists(marker))
            Create(root, marker);
        if (!File.Exists(marker))
            throw new BadInputException($"There is no artifact store at {root}: it has no {NameRules.Marker}; name one, or have it created.");
        StoreFormat.Check(File.ReadAllBytes(marker), marker, root, "another folder");
    }

    private static void Create(string root, string marker)
    {
        try
        {
            MakeFolder(root);
            string? foreign = Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).FirstOrDefault(name => name is not (".tmp" or ".locks" or NameRules.Marker));
            if (foreign is not null && !File.Exists(marker))
                throw new BadInputException($"No store is made in {root}: there are other things in it, such as {foreign}; choose an empty or a new folder.");
            FaultPoint.Reach(FaultPointNames.StoreCreateFolder);
            string temporary = Path.Combine(StagingArea.FolderOf(root), $"{Guid.NewGuid():N}-0");
            Directory.CreateDirectory(StagingArea.FolderOf(root));
            AtomicFile.Write(temporary, stream => stream.Write(StoreFormat.Marker()));
            // Of several that make the store at a time, the first gives it its version.
            int error = NativeFile.Link(temporary, marker);
            if (error is not (0 or NativeFile.Exists))
                File.Move(temporary, marker);
            StagedFile.Remove(temporary);
            FolderFlush.ToDisk(root);
            FaultPoint.Reach(FaultPointNames.StoreCreateMarker);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Explain(root, failure);
        }
    }

    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
            MakeFolder(parent);
        Directory.CreateDirectory(folder);
        if (parent is not null)
            FolderFlush.ToDisk(parent);
    }
}
