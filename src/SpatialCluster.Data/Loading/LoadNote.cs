namespace SpatialCluster.Data.Loading;

/// <summary>Something worth telling about what was loaded.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Sentence">A sentence for people.</param>
public sealed record LoadNote(LoadSeverity Severity, string Sentence);
