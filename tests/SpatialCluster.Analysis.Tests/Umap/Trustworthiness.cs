using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Analysis.Tests.Umap;

/// <summary>Venna and Kaski (2001): 1 less the mean excess rank, among the features, of the neighbours in the layout; as scikit-learn computes it.</summary>
internal static class Trustworthiness
{
    public static double Of(Matrix features, Matrix layout, int neighbours)
    {
        int spots = features.Rows;
        double excess = 0;
        for (int i = 0; i < spots; i++)
        {
            int[] among = Order(features, i), near = Order(layout, i);
            var rank = new int[spots];
            for (int place = 0; place < among.Length; place++)
                rank[among[place]] = place + 1;
            for (int place = 0; place < neighbours; place++)
                excess += Math.Max(0, rank[near[place]] - neighbours);
        }

        return 1 - (excess * 2 / ((double)spots * neighbours * ((2.0 * spots) - (3.0 * neighbours) - 1)));
    }

    /// <summary>All other spots, nearest first.</summary>
    private static int[] Order(Matrix points, int spot)
    {
        int spots = points.Rows;
        var distance = new double[spots];
        for (int j = 0; j < spots; j++)
        {
            for (int f = 0; f < points.Columns; f++)
                distance[j] += ((double)points[spot, f] - points[j, f]) * ((double)points[spot, f] - points[j, f]);
        }

        distance[spot] = -1;
        int[] order = [.. Enumerable.Range(0, spots)];
        Array.Sort(distance, order);
        return order[1..];
    }
}
