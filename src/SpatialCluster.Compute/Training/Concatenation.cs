namespace SpatialCluster.Compute.Training;

/// <summary>Embeddings side by side instead of an attention over them: the paper's ablation, and the identity for one modality.</summary>
/// <param name="embeddings">One per modality.</param>
/// <param name="fused">The result, as wide as all embeddings together.</param>
public sealed class Concatenation(IReadOnlyList<Variable> embeddings, Variable fused)
{
    // An array: enumerating the interface would allocate for every row.
    private readonly Variable[] _embeddings = [.. embeddings];

    /// <summary>The forward pass of a tile.</summary>
    /// <returns>A row strand.</returns>
    public RowWork Forward() => tile =>
    {
        for (int row = tile.Start; row < tile.End; row++)
        {
            Span<float> target = fused.Value.Row(row);
            foreach (Variable embedding in _embeddings)
            {
                embedding.Value.Row(row).CopyTo(target);
                target = target[embedding.Width..];
            }
        }
    };

    /// <summary>The backward pass of a tile: adds to the gradients of the embeddings.</summary>
    /// <returns>A row strand.</returns>
    public RowWork Backward() => tile =>
    {
        for (int row = tile.Start; row < tile.End; row++)
        {
            ReadOnlySpan<float> source = fused.Gradient.Row(row);
            foreach (Variable embedding in _embeddings)
            {
                Span<float> target = embedding.Gradient.Row(row);
                for (int j = 0; j < target.Length; j++)
                    target[j] += source[j];
                source = source[embedding.Width..];
            }
        }
    };
}
