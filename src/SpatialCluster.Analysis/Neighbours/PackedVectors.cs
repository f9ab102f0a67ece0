using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// Comparable vectors in groups of 16 side by side: group g holds, feature after feature, one value of each of its 16
/// vectors, so that one vector register compares a feature with 16 vectors and no lane ever meets another. The number of
/// groups is even; vectors beyond the last are infinitely far from all.
/// </summary>
internal sealed class PackedVectors : IDisposable
{
    public const int Lanes = 16;
    private readonly Matrix _groups;

    public PackedVectors(ComparableVectors vectors, ThreadTeam team)
    {
        Groups = (((vectors.Rows + Lanes - 1) / Lanes) + 1) & ~1;
        Width = vectors.Width;
        Penalties = new float[Groups * Lanes];
        Array.Fill(Penalties, float.PositiveInfinity);
        _groups = new Matrix(Groups, checked(Width * Lanes));
        team.For(Groups, group =>
        {
            Span<float> destination = _groups.Row(group);
            int first = group * Lanes, end = Math.Min(vectors.Rows, first + Lanes);
            for (int row = first; row < end; row++)
            {
                vectors.Write(row, destination[(row - first)..], Lanes);
                Penalties[row] = (float)vectors.Penalty(row);
            }
        });
    }

    public int Groups { get; }

    public int Width { get; }

    /// <summary>What is added to every squared distance to a vector; infinity where there is none.</summary>
    public float[] Penalties { get; }

    /// <summary>The features × 16 values of a group; the next group follows without a gap.</summary>
    public Span<float> Group(int group) => _groups.Row(group);

    public void Dispose() => _groups.Dispose();
}
