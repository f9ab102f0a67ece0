using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>Feature vectors in double, about their mean; rows are padded with zeros to a multiple of four.</summary>
internal sealed class SpotVectors
{
    private SpotVectors(int spots, int features)
    {
        Spots = spots;
        Features = features;
        Stride = (features + 3) & ~3;
        if ((long)spots * Stride > Array.MaxLength)
            throw new BadInputException($"{spots:N0} spots × {features:N0} features do not fit into memory for clustering; reduce the features to principal components first.");
        Values = new double[spots * Stride];
        Means = new double[features];
        Tiles = new SpotTiles(spots);
    }

    public int Spots { get; }

    public int Features { get; }

    public int Stride { get; }

    /// <summary>Spots × stride, the mean taken off.</summary>
    public double[] Values { get; }

    /// <summary>The mean of each feature.</summary>
    public double[] Means { get; }

    public SpotTiles Tiles { get; }

    public ReadOnlySpan<double> Row(int spot) => Values.AsSpan(spot * Stride, Features);

    /// <summary>Takes features over, after the checks that every clustering makes.</summary>
    /// <param name="features">Spots × features.</param>
    /// <param name="clusters">How many clusters are wanted.</param>
    public static SpotVectors From(Matrix features, int clusters)
    {
        if (clusters < 1)
            throw new BadInputException($"{clusters} clusters were asked for; give --domains 1 or more.");
        if (features.Rows < clusters)
            throw new BadInputException($"{features.Rows} spots cannot form {clusters} clusters; lower --domains to at most {features.Rows}.");
        if (features.Columns == 0)
            throw new BadInputException($"The feature matrix of {features.Rows} spots has no columns to cluster by; give it at least one.");
        var vectors = new SpotVectors(features.Rows, features.Columns);
        vectors.Fill(features);
        return vectors;
    }

    /// <summary>Puts the mean back: centre × feature values about the origin of the input.</summary>
    public double[,] Place(double[] centres, int stride, ReadOnlySpan<int> order)
    {
        var placed = new double[order.Length, Features];
        for (int c = 0; c < order.Length; c++)
        {
            for (int f = 0; f < Features; f++)
                placed[c, f] = centres[(f * stride) + order[c]] + Means[f];
        }

        return placed;
    }

    private void Fill(Matrix features)
    {
        for (int spot = 0; spot < Spots; spot++)
        {
            ReadOnlySpan<float> row = features.Row(spot);
            for (int f = 0; f < row.Length; f++)
            {
                if (!float.IsFinite(row[f]))
                    throw new BadInputException($"The feature matrix holds {row[f]} at spot {spot}, column {f}; clustering needs finite values.");
                Means[f] += row[f];
            }
        }

        foreach (ref double mean in Means.AsSpan())
            mean /= Spots;
        for (int spot = 0; spot < Spots; spot++)
        {
            ReadOnlySpan<float> row = features.Row(spot);
            Span<double> target = Values.AsSpan(spot * Stride, row.Length);
            for (int f = 0; f < row.Length; f++)
                target[f] = row[f] - Means[f];
        }
    }
}
