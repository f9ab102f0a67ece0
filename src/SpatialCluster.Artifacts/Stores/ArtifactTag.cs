namespace SpatialCluster.Artifacts.Stores;

/// <summary>Names one state of an artifact, as an entity tag does: another content has another tag.</summary>
/// <param name="Value">Opaque; compare only.</param>
public readonly record struct ArtifactTag(string Value);
