using System.Globalization;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Communities;

/// <summary>
/// A symmetric weighted graph in the form that community detection walks: loops apart from neighbours, all in double.
/// </summary>
internal sealed class CommunityGraph
{
    // Mates of a matrix that was symmetrised in float32 may differ in their last places; more is another graph.
    private const double SymmetryTolerance = 1e-5;

    private CommunityGraph(int nodes, int[] pointers, int[] neighbours, double[] weights, double[] loops, double[] strengths, double total)
    {
        Nodes = nodes;
        Pointers = pointers;
        Neighbours = neighbours;
        Weights = weights;
        Loops = loops;
        Strengths = strengths;
        Total = total;
    }

    public int Nodes { get; }

    /// <summary>Nodes + 1 offsets into <see cref="Neighbours"/> and <see cref="Weights"/>.</summary>
    public int[] Pointers { get; }

    public int[] Neighbours { get; }

    public double[] Weights { get; }

    /// <summary>A_ii, and in an aggregate all that lies inside the node.</summary>
    public double[] Loops { get; }

    /// <summary>k_i: the sum of row i, loop included.</summary>
    public double[] Strengths { get; }

    /// <summary>2m: the sum of all entries.</summary>
    public double Total { get; }

    /// <summary>
    /// Takes an adjacency matrix over: checks it, leaves stored zeros out, and gives two mates the mean of their values, so that
    /// the graph is symmetric to the last bit.
    /// </summary>
    public static CommunityGraph From(CsrMatrix adjacency)
    {
        if (adjacency.Rows != adjacency.Columns)
            throw new BadInputException($"The neighbour graph has {adjacency.Rows:N0} rows and {adjacency.Columns:N0} columns; it must be square, one row and one column per spot.");
        int nodes = adjacency.Rows;
        var pointers = new int[nodes + 1];
        for (int row = 0; row < nodes; row++)
            pointers[row + 1] = pointers[row] + CountNeighbours(adjacency, row);
        var neighbours = new int[pointers[nodes]];
        var weights = new double[pointers[nodes]];
        var loops = new double[nodes];

        // Rows are taken in order, so row j meets the mates of its entries left of the diagonal in rising order: one cursor per row.
        var place = new int[nodes];
        var cursor = new long[nodes];
        Array.Copy(pointers, place, nodes);
        Array.Copy(adjacency.RowPointers, cursor, nodes);
        for (int row = 0; row < nodes; row++)
        {
            for (long e = SkipZeros(adjacency, row, cursor); e < adjacency.RowPointers[row + 1]; e = SkipZeros(adjacency, row, cursor))
            {
                cursor[row] = e + 1;
                int column = adjacency.ColumnIndices[e];
                double weight = adjacency.Values[e];
                if (column < row)
                    throw NotSymmetric(row, column, weight, 0);
                if (column == row)
                {
                    loops[row] = weight;
                    continue;
                }

                long mate = SkipZeros(adjacency, column, cursor);
                bool there = mate < adjacency.RowPointers[column + 1] && adjacency.ColumnIndices[mate] == row;
                double other = there ? adjacency.Values[mate] : 0;
                if (!there || Math.Abs(weight - other) > SymmetryTolerance * Math.Max(weight, other))
                    throw NotSymmetric(row, column, weight, other);
                cursor[column] = mate + 1;
                Place(row, column);
                Place(column, row);

                void Place(int from, int to)
                {
                    neighbours[place[from]] = to;
                    weights[place[from]++] = 0.5 * (weight + other);
                }
            }
        }

        var strengths = new double[nodes];
        double total = 0;
        for (int node = 0; node < nodes; node++)
        {
            strengths[node] = loops[node];
            for (int e = pointers[node]; e < pointers[node + 1]; e++)
                strengths[node] += weights[e];
            total += strengths[node];
        }

        return new CommunityGraph(nodes, pointers, neighbours, weights, loops, strengths, total);
    }

    /// <summary>The graph whose nodes are the communities of this one, weights summed.</summary>
    /// <param name="community">The community of each node, 0 … communities−1, each in use.</param>
    /// <param name="communities">How many.</param>
    /// <param name="sums">Empty sums for at least as many communities.</param>
    public CommunityGraph Aggregate(int[] community, int communities, NeighbourSums sums)
    {
        var first = new int[communities + 1];
        for (int node = 0; node < Nodes; node++)
            first[community[node] + 1]++;
        for (int c = 0; c < communities; c++)
            first[c + 1] += first[c];
        var members = new int[Nodes];
        var next = new int[communities];
        Array.Copy(first, next, communities);
        for (int node = 0; node < Nodes; node++)
            members[next[community[node]]++] = node;

        var pointers = new int[communities + 1];
        var loops = new double[communities];
        var strengths = new double[communities];
        var neighbours = new int[Math.Max(16, Neighbours.Length / 4)];
        var weights = new double[neighbours.Length];
        int used = 0;
        for (int c = 0; c < communities; c++)
        {
            for (int m = first[c]; m < first[c + 1]; m++)
            {
                int node = members[m];
                loops[c] += Loops[node];
                strengths[c] += Strengths[node];
                sums.Add(this, node, community);
            }

            if (used + sums.Count > neighbours.Length)
            {
                int size = (int)Math.Min(Array.MaxLength, Math.Max(2L * neighbours.Length, used + sums.Count));
                Array.Resize(ref neighbours, size);
                Array.Resize(ref weights, size);
            }

            loops[c] += sums[c];
            foreach (int other in sums.Touched)
            {
                if (other == c)
                    continue;
                neighbours[used] = other;
                weights[used++] = sums[other];
            }

            sums.Clear();
            pointers[c + 1] = used;
        }

        return new CommunityGraph(communities, pointers, neighbours, weights, loops, strengths, Total);
    }

    private static int CountNeighbours(CsrMatrix adjacency, int row)
    {
        int count = 0;
        for (long e = adjacency.RowPointers[row]; e < adjacency.RowPointers[row + 1]; e++)
        {
            float value = adjacency.Values[e];
            if (!(value >= 0) || float.IsPositiveInfinity(value))
            {
                throw new BadInputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The neighbour graph holds {value} at row {row}, column {adjacency.ColumnIndices[e]}; weights must be finite and not negative."));
            }

            if (value > 0 && adjacency.ColumnIndices[e] != row)
                count++;
        }

        return count;
    }

    private static long SkipZeros(CsrMatrix adjacency, int row, long[] cursor)
    {
        long e = cursor[row];
        while (e < adjacency.RowPointers[row + 1] && adjacency.Values[e] == 0)
            e++;
        return e;
    }

    private static BadInputException NotSymmetric(int row, int column, double weight, double other) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The neighbour graph is not symmetric: {weight} at row {row}, column {column}, but {other} across the diagonal; symmetrise it first, for instance as the union of both directions."));
}
