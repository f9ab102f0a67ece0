namespace SpatialCluster.Artifacts.Records;

/// <summary>Names a grain: its kind, and the digest of its canonical spec.</summary>
/// <param name="Kind">Such as <c>training-run</c>.</param>
/// <param name="Digest">Of the spec.</param>
public readonly record struct GrainKey(string Kind, ContentDigest Digest)
{
    /// <summary>The key as text.</summary>
    /// <returns>Such as <c>slice/0a…</c>.</returns>
    public override string ToString() => $"{Kind}/{Digest}";

    /// <summary>Reads a key.</summary>
    /// <param name="text">As <see cref="ToString"/> gives it.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out GrainKey key)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string digest = text[(slash + 1)..];
        bool valid = slash > 0 && digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower) && text[..slash].All(c => char.IsAsciiLetterLower(c) || c == '-');
        key = valid ? new GrainKey(text[..slash], new ContentDigest(digest)) : default;
        return valid;
    }
}
