namespace SpatialCluster.Data.Npy;

/// <summary>What a <c>.npy</c> file says of its numbers.</summary>
/// <param name="Descriptor">NumPy's name of the type, such as <c>&lt;f4</c>.</param>
/// <param name="Shape">One or two lengths, none negative.</param>
/// <param name="Count">Their product.</param>
public sealed record NpyHeader(string Descriptor, IReadOnlyList<int> Shape, long Count);
