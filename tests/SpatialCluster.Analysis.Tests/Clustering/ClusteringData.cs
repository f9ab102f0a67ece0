using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Tests;

namespace SpatialCluster.Analysis.Tests.Clustering;

/// <summary>Features that tests cluster.</summary>
internal static class ClusteringData
{
    public static Matrix Read(GoldenFile golden, string path)
    {
        int[] shape = golden.Shape(path);
        return Matrix.From(shape[0], shape[1], [.. golden.Numbers(path).Select(x => (float)x)]);
    }

    /// <summary>Spots around random centres: spot i belongs to i modulo the clusters.</summary>
    public static Matrix Blobs(int spots, int features, int clusters, double distance, ulong seed)
    {
        var random = new RandomStream(seed);
        double[] centres = [.. Enumerable.Range(0, clusters * features).Select(_ => distance * random.NextGaussian())];
        var matrix = new Matrix(spots, features);
        for (int i = 0; i < spots; i++)
        {
            for (int f = 0; f < features; f++)
                matrix[i, f] = (float)(centres[(i % clusters * features) + f] + random.NextGaussian());
        }

        return matrix;
    }

    /// <summary>The labels that <see cref="Blobs"/> was made with: equal sizes, so numbered as clusterings number them.</summary>
    public static int[] Truth(int spots, int clusters) => [.. Enumerable.Range(0, spots).Select(i => i % clusters)];
}
