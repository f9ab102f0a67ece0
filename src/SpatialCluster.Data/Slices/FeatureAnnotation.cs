namespace SpatialCluster.Data.Slices;

/// <summary>A categorical column of a modality's <c>var</c>: a label for each feature.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Codes">One index into <paramref name="Categories"/> per feature; −1 where the label is missing.</param>
/// <param name="Categories">The labels.</param>
public sealed record FeatureAnnotation(string Name, int[] Codes, IReadOnlyList<string> Categories);
