namespace SpatialCluster.Artifacts.Records;

/// <summary>Names a grain: its kind, and the digest of its canonical spec.</summary>
/// <param name="Kind">Such as <c>training-run</c>.</param>
/// <param name="Digest">Of the spec.</param>
public readonly record struct GrainKey(string Kind, ContentDigest Digest)
{
    /// <summary>The key as text.</summary>
    /// <returns>Such as <c>slice/0a…</c>.</returns>
    public override string ToString() => $"{Kind}/{Digest}";
}
