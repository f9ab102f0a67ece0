namespace SpatialCluster.Data.Loading;

/// <summary>The first few of many names, for messages.</summary>
internal static class NameList
{
    public const int Shown = 5;

    /// <summary><c>a, b, c, …</c></summary>
    public static string Of(IReadOnlyList<string> firstFew, int total) =>
        string.Join(", ", firstFew) + (total > firstFew.Count ? ", …" : "");
}
