namespace SpatialCluster.Artifacts.Stores;

/// <summary>What a store knows of an artifact without opening it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Tag">Its present state.</param>
/// <param name="Written">When it got that state, in UTC.</param>
public sealed record ArtifactInfo(ArtifactName Name, long Bytes, ArtifactTag Tag, DateTimeOffset Written);
