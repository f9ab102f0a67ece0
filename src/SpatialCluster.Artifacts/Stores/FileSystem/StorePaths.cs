using System.IO.Enumeration;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>Where which name lies: as it is spelt, but blobs in 256 folders by their first two digits, which keeps folders small.</summary>
internal sealed class StorePaths(string root)
{
    private static readonly string s_blobFolder = StoreLayout.Blobs[..^1];

    /// <summary>The file of a name.</summary>
    /// <exception cref="BadInputException">The name is not one for this store.</exception>
    public string Of(ArtifactName name)
    {
        string value = name.Value ?? throw new BadInputException("An artifact needs a name.");
        NameRules.Check(name);
        return value.StartsWith(StoreLayout.Blobs, StringComparison.Ordinal)
            ? Path.Combine(root, s_blobFolder, value.Substring(StoreLayout.Blobs.Length, 2), value[StoreLayout.Blobs.Length..])
            : Path.Combine(root, value);
    }

    /// <summary>All names with a beginning, in ordinal order, as they are met: the listing is no snapshot.</summary>
    public IEnumerable<ArtifactName> WithPrefix(string prefix)
    {
        // Begins at the last folder that the prefix names in full, so that other folders need not be read.
        int end = prefix.LastIndexOf('/');
        string folder = end < 0 ? string.Empty : prefix[..end];
        if (folder.Length > 0 && !ArtifactName.IsValid(folder))
            return [];
        return (folder == s_blobFolder ? Blobs(prefix) : Under(folder, prefix))
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && NameRules.IsAllowed(name))
            .Select(name => new ArtifactName(name));
    }

    private IEnumerable<string> Under(string folder, string prefix)
    {
        foreach ((string leaf, bool isFolder) in Entries(Path.Combine(root, folder)))
        {
            string name = folder.Length == 0 ? leaf : $"{folder}/{leaf}";
            string begin = isFolder ? name + "/" : name;
            if (!begin.StartsWith(prefix, StringComparison.Ordinal) && !prefix.StartsWith(begin, StringComparison.Ordinal))
                continue;
            if (!isFolder)
            {
                yield return name;
                continue;
            }

            foreach (string inner in name == s_blobFolder ? Blobs(prefix) : Under(name, prefix))
                yield return inner;
        }
    }

    private IEnumerable<string> Blobs(string prefix)
    {
        string start = prefix.Length > StoreLayout.Blobs.Length ? prefix[StoreLayout.Blobs.Length..] : string.Empty;
        foreach ((string shard, bool isFolder) in Entries(Path.Combine(root, s_blobFolder)))
        {
            if (!isFolder || shard.Length != 2 || !(shard.StartsWith(start, StringComparison.Ordinal) || start.StartsWith(shard, StringComparison.Ordinal)))
                continue;
            foreach ((string leaf, bool inner) in Entries(Path.Combine(root, s_blobFolder, shard)))
            {
                if (!inner && leaf.StartsWith(shard, StringComparison.Ordinal))
                    yield return StoreLayout.Blobs + leaf;
            }
        }
    }

    // Sorted as their names are: a folder counts with the '/' that follows it.
    private static List<(string Leaf, bool IsFolder)> Entries(string folder)
    {
        try
        {
            return new FileSystemEnumerable<(string Leaf, bool IsFolder)>(folder, (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory))
                .Where(entry => ArtifactName.IsPart(entry.Leaf))
                .OrderBy(entry => entry.IsFolder ? entry.Leaf + "/" : entry.Leaf, StringComparer.Ordinal)
                .ToList();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (IOException notAFolder) when (notAFolder.HResult == NativeFile.NoFolder)
        {
            return [];
        }
    }
}
