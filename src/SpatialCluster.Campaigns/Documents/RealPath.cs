using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Paths without links.</summary>
internal static class RealPath
{
    // As the kernel bounds it.
    private const int MostLinks = 40;

    /// <summary>The path with every link on the way resolved; what is not there stays as it is written.</summary>
    /// <param name="path">Any path.</param>
    /// <exception cref="BadInputException">Links go round in a circle.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string here = Path.GetPathRoot(full)!;
        var pending = new Stack<string>(Parts(full[here.Length..]));
        for (int links = 0; pending.TryPop(out string? part);)
        {
            string next = Path.GetFullPath(Path.Combine(here, part));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                here = next;
                continue;
            }

            if (++links > MostLinks)
                throw new BadInputException($"The links at {path} go round in a circle; mend them.");
            if (Path.IsPathRooted(target))
                here = Path.GetPathRoot(target)!;
            foreach (string step in Parts(target))
                pending.Push(step);
        }

        return here;
    }

    /// <summary>Whether a path is a folder or lies in it; both without links.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // The last first: they go onto a stack.
    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse();
}
