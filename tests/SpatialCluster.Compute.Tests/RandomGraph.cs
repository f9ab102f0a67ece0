using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Compute.Tests;

/// <summary>Graphs to compute with: directed, so that a graph taken for its transpose is noticed.</summary>
internal static class RandomGraph
{
    /// <summary>Each spot itself and up to some neighbours nearby, rows summing to 1; the last row has no neighbour but itself.</summary>
    public static CsrMatrix Directed(int spots, int neighbours, Random random)
    {
        var pointers = new long[spots + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < spots; i++)
        {
            var row = new SortedSet<int> { i };
            for (int e = 0; e < neighbours && i < spots - 1; e++)
                row.Add(Math.Clamp(i + random.Next(-30, 31), 0, spots - 1));
            double[] weights = [.. row.Select(_ => random.NextDouble() + 0.1)];
            columns.AddRange(row);
            values.AddRange(weights.Select(w => (float)(w / weights.Sum())));
            pointers[i + 1] = columns.Count;
        }

        return new CsrMatrix(spots, spots, pointers, [.. columns], [.. values]);
    }
}
