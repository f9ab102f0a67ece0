namespace SpatialCluster.Data.Files;

/// <summary>A file that is written under a temporary name.</summary>
/// <param name="Path">The name as the user gave it.</param>
/// <param name="Full">Its full path.</param>
internal sealed record PendingFile(string Path, string Full)
{
    /// <summary>The name while it is written, in the same folder.</summary>
    public string Temporary { get; } = Beside(Full, "tmp");

    /// <summary>Where an older file waits until all of a set have their names.</summary>
    public string Aside { get; } = Beside(Full, "old");

    private static string Beside(string full, string extension) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(full)!, $".{System.IO.Path.GetFileName(full)}.{Guid.NewGuid():N}.{extension}");
}
