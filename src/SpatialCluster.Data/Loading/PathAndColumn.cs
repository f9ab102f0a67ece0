namespace SpatialCluster.Data.Loading;

/// <summary>Splits <c>file.csv:column</c>.</summary>
internal static class PathAndColumn
{
    /// <summary>At the last colon, unless the whole is a file that is there.</summary>
    public static (string Path, string? Column) Split(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon <= 0 || File.Exists(text) ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
