using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores;

/// <summary>What a name may not be, although it has the form of one: every kind of store refuses the same.</summary>
internal static class NameRules
{
    /// <summary>The file that says that a folder is a store.</summary>
    public const string Marker = "store.json";

    /// <summary>Refuses a name.</summary>
    /// <exception cref="BadInputException">The name is not allowed.</exception>
    public static void Check(ArtifactName name)
    {
        if (name.Value == Marker)
            throw new BadInputException($"'{Marker}' names no artifact: it says what the store is.");
        if (!IsAllowed(name.Value))
            throw new BadInputException($"'{name}' names no artifact: what begins with '{StoreLayout.Blobs}' goes on with the SHA-256 of its content.");
    }

    /// <summary>Whether a text of the form of a name is allowed.</summary>
    public static bool IsAllowed(string name) =>
        name != Marker && (!name.StartsWith(StoreLayout.Blobs, StringComparison.Ordinal) || IsDigest(name.AsSpan(StoreLayout.Blobs.Length)));

    private static bool IsDigest(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
                return false;
        }

        return text.Length == 64;
    }
}
