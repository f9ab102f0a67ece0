using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.AnnData;

namespace SpatialCluster.Benchmarks;

/// <summary>Count matrices of a wanted density on a square lattice of spots, with stripes of tissue that differ.</summary>
internal static class SyntheticCounts
{
    public const int Domains = 5;

    /// <summary>Draws counts: each feature is twice as frequent in one stripe as the rest of its row needs for the wanted density.</summary>
    public static CsrMatrix Draw(int spots, int features, double density, ulong seed)
    {
        var random = new RandomStream(seed);
        var pointers = new long[spots + 1];
        var columns = new List<int>((int)(spots * features * density * 1.01));
        var values = new List<float>(columns.Capacity);
        double common = density * Domains / (Domains + 1);
        for (int spot = 0; spot < spots; spot++)
        {
            int domain = DomainOf(spot, spots);
            for (int feature = 0; feature < features; feature++)
            {
                double chance = feature % Domains == domain ? 2 * common : common;
                double drawn = random.NextDouble();
                if (drawn >= chance)
                    continue;

                // A count of 1 mostly, halving from there.
                columns.Add(feature);
                values.Add(1 + (float)Math.Floor(Math.Min(10, -Math.Log2(drawn / chance))));
            }

            pointers[spot + 1] = columns.Count;
        }

        return new CsrMatrix(spots, features, pointers, [.. columns], [.. values]);
    }

    /// <summary>Counts as a document with places.</summary>
    public static AnnDataDocument Document(CsrMatrix counts, string feature)
    {
        int side = (int)Math.Sqrt(counts.Rows);
        var places = new double[2 * counts.Rows];
        for (int spot = 0; spot < counts.Rows; spot++)
            (places[2 * spot], places[(2 * spot) + 1]) = (spot % side, spot / side);
        return new AnnDataDocument
        {
            SpotNames = [.. Enumerable.Range(0, counts.Rows).Select(i => $"spot_{i}")],
            FeatureNames = [.. Enumerable.Range(0, counts.Columns).Select(i => $"{feature}_{i}")],
            X = counts,
            Tables = [new NamedTable("spatial", 2, places)],
        };
    }

    private static int DomainOf(int spot, int spots) => (int)((long)spot * Domains / spots);
}
