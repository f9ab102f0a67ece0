namespace SpatialCluster.Data.Loading;

/// <summary>The first bytes of a file, to tell its kind by.</summary>
internal static class FileHead
{
    /// <summary>Up to so many bytes; none where there is no file or it may not be read.</summary>
    public static byte[] Read(string path, int count)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using FileStream file = File.OpenRead(path);
            var head = new byte[count];
            return head[..file.ReadAtLeast(head, count, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Whether a name ends in one of the extensions, without case, <c>.gz</c> left aside.</summary>
    public static bool HasExtension(string path, params ReadOnlySpan<string> extensions)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        foreach (string extension in extensions)
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
