namespace SpatialCluster.Data.Slices;

/// <summary>A categorical column of <c>obs</c>: a label for each spot.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Codes">One index into <paramref name="Categories"/> per spot; −1 where the label is missing.</param>
/// <param name="Categories">The labels.</param>
public sealed record SpotAnnotation(string Name, int[] Codes, IReadOnlyList<string> Categories);
