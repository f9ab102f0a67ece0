using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Tests.Neighbours;

public sealed class FuzzyNeighbourGraphTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Fact]
    public void Memberships_RandomVectors_SumToLogOfNeighbours()
    {
        using Matrix features = FeatureNeighboursTests.Random(200, 8, 3);
        NeighbourTable table = FeatureNeighbours.Nearest(features, 14, FeatureMetric.Euclidean, _team);
        CsrMatrix memberships = FuzzyNeighbourGraph.Memberships(table, _team);
        for (int i = 0; i < table.Spots; i++)
        {
            // The bisection stops within 1e-5; 14 values rounded to float32 add less than 1e-6.
            memberships.RowValues(i).ToArray().Sum(v => (double)v).ShouldBe(Math.Log2(15), 1.2e-5);
            memberships.RowValues(i).ToArray().Max().ShouldBe(1);
        }
    }

    [Fact]
    public void Memberships_DistancesInClosedForm_ScaleFollows()
    {
        // k = 4 with the spot itself: 1 + 2 exp(−t/σ) = log₂ 4, so both far neighbours get ½ whatever the unit.
        int[] indices = [1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2];
        double[] distances = [3, 5, 5, 3, 5, 5, 3, 5, 5, 3, 5, 5];
        CsrMatrix memberships = FuzzyNeighbourGraph.Memberships(new NeighbourTable(4, 3, indices, distances), _team);
        // Bisection to 1e-5 in the sum of two equal terms.
        memberships.RowValues(0).ToArray().ShouldBe([1, 0.5f, 0.5f], 6e-6);
    }

    [Fact]
    public void Connect_TriangleOfOneDirectedEdge_IsFuzzyUnion()
    {
        // 0 ↔ 1 with membership 1 both ways: 1 + 1 − 1. 2 → 1 alone: 1.
        CsrMatrix graph = FuzzyNeighbourGraph.Connect(new NeighbourTable(3, 1, [1, 0, 1], [1, 1, 2]), _team);
        NeighbourGraphsTests.Dense(graph).ShouldBe([0, 1, 0, 1, 0, 1, 0, 1, 0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FromFeatures_AgainstDenseReference_Agrees(bool withDuplicates)
    {
        using Matrix features = FeatureNeighboursTests.Random(120, 5, 7);
        for (int i = 60; withDuplicates && i < 75; i++)
            features.Row(59).CopyTo(features.Row(i));
        const int Neighbours = 10;
        float[] actual = NeighbourGraphsTests.Dense(FuzzyNeighbourGraph.FromFeatures(features, Neighbours, FeatureMetric.Euclidean, _team));
        double[,] expected = Reference(features, Neighbours);
        for (int i = 0; i < features.Rows; i++)
        {
            for (int j = 0; j < features.Rows; j++)
                // Two float32 roundings of the memberships and one of the union.
                ((double)actual[(i * features.Rows) + j]).ShouldBe(expected[i, j], 2e-7, $"{i}, {j}");
        }
    }

    [Fact]
    public void FromFeatures_Graph_IsSymmetricWithoutLoops()
    {
        using Matrix features = FeatureNeighboursTests.Random(300, 6, 9);
        CsrMatrix graph = FuzzyNeighbourGraph.FromFeatures(features, 12, FeatureMetric.Cosine, _team);
        CsrMatrix transpose = graph.Transpose();
        transpose.ColumnIndices.ShouldBe(graph.ColumnIndices);
        transpose.Values.ShouldBe(graph.Values);
        for (int i = 0; i < graph.Rows; i++)
            graph.RowColumns(i).Contains(i).ShouldBeFalse();
        graph.Values.ShouldAllBe(v => v > 0 && v <= 1);
    }

    [Fact]
    public void FromFeatures_MoreNeighboursThanSpots_LowersThemAsScanpyDoes()
    {
        using Matrix features = FeatureNeighboursTests.Random(20, 3, 9);
        CsrMatrix many = FuzzyNeighbourGraph.FromFeatures(features, 50, FeatureMetric.Euclidean, _team);
        CsrMatrix eleven = FuzzyNeighbourGraph.FromFeatures(features, 11, FeatureMetric.Euclidean, _team);
        many.ColumnIndices.ShouldBe(eleven.ColumnIndices);
        many.Values.ShouldBe(eleven.Values);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(20, 1)]
    public void FromFeatures_TooFew_IsRefused(int spots, int neighbours)
    {
        using Matrix features = FeatureNeighboursTests.Random(spots, 3, 9);
        Should.Throw<BadInputException>(() => FuzzyNeighbourGraph.FromFeatures(features, neighbours, FeatureMetric.Euclidean, _team))
            .Message.ShouldContain("--neighbors");
    }

    [Fact]
    public void FromFeatures_AllRowsEqual_FullMemberships()
    {
        using var features = new Matrix(30, 4);
        CsrMatrix graph = FuzzyNeighbourGraph.FromFeatures(features, 5, FeatureMetric.Euclidean, _team);
        graph.Values.ShouldAllBe(v => v == 1);
    }

    /// <summary>umap-learn's formulas on dense arrays, the spot itself in column 0, with the platform's exp and log.</summary>
    private static double[,] Reference(Matrix features, int k)
    {
        int n = features.Rows;
        var order = new int[n][];
        var distance = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                distance[i, j] = Math.Sqrt(Enumerable.Range(0, features.Columns).Sum(f => Math.Pow((double)features[i, f] - features[j, f], 2)));
            int row = i;
            order[i] = [i, .. Enumerable.Range(0, n).Where(j => j != row).OrderBy(j => distance[row, j]).ThenBy(j => j).Take(k - 1)];
        }

        double meanOfAll = order.SelectMany((columns, i) => columns.Select(j => distance[i, j])).Average();
        var directed = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            double[] row = [.. order[i].Select(j => distance[i, j])];
            double rho = row.FirstOrDefault(d => d > 0), low = 0, high = double.PositiveInfinity, sigma = 1;
            for (int step = 0; step < 64; step++)
            {
                double sum = row.Skip(1).Sum(d => d - rho > 0 ? Math.Exp(-(d - rho) / sigma) : 1);
                if (Math.Abs(sum - Math.Log2(k)) < 1e-5)
                    break;
                if (sum > Math.Log2(k))
                    (high, sigma) = (sigma, (low + sigma) / 2);
                else
                    (low, sigma) = (sigma, double.IsInfinity(high) ? sigma * 2 : (sigma + high) / 2);
            }

            sigma = Math.Max(sigma, 1e-3 * (rho > 0 ? row.Average() : meanOfAll));
            foreach (int j in order[i].Skip(1))
                directed[i, j] = distance[i, j] - rho <= 0 ? 1 : Math.Exp(-(distance[i, j] - rho) / sigma);
        }

        var union = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                union[i, j] = directed[i, j] + directed[j, i] - (directed[i, j] * directed[j, i]);
        }

        return union;
    }
}
