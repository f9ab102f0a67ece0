namespace SpatialCluster.EndToEnd.Architecture;

/// <summary>The files of this repository, named from its root with slashes.</summary>
internal static class Checkout
{
    private static readonly string[] NotOurs = ["bin", "obj", "TestResults", "node_modules"];

    public static string Root { get; } = FindRoot();

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    /// <summary>All files below a folder whose names end in <paramref name="ending"/>, in ordinal order, without build outputs.</summary>
    public static IReadOnlyList<string> Files(string folder, string ending) =>
    [
        .. Directory.EnumerateFiles(PathOf(folder), "*" + ending, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => NotOurs.Contains(part) || part.StartsWith('.')))
            .Order(StringComparer.Ordinal),
    ];

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "SpatialCluster.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"SpatialCluster.sln lies above no folder of {AppContext.BaseDirectory}");
    }
}
