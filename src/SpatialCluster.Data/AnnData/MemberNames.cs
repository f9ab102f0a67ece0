namespace SpatialCluster.Data.AnnData;

/// <summary>Names that HDF5 takes.</summary>
internal static class MemberNames
{
    /// <summary>Slashes and zero characters become underscores, and names that are then equal are numbered.</summary>
    public static string[] Safe(IReadOnlyList<string> names) => UniqueNames.Make(
        [.. names.Select(name => name is "" or "." or ".." ? "_" : name.Replace('/', '_').Replace('\0', '_'))],
        out _);
}
