using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Tests.Neighbours;

public sealed class FeatureNeighboursTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Theory]
    [InlineData(FeatureMetric.Euclidean, 2, 1, 1)]
    [InlineData(FeatureMetric.Euclidean, 333, 7, 12)]
    [InlineData(FeatureMetric.Euclidean, 700, 64, 49)]
    [InlineData(FeatureMetric.Cosine, 300, 20, 10)]
    [InlineData(FeatureMetric.Correlation, 300, 20, 10)]
    [InlineData(FeatureMetric.Correlation, 97, 3, 96)]
    public void Nearest_RandomVectors_EqualsBruteForceInDouble(FeatureMetric metric, int spots, int width, int neighbours)
    {
        using Matrix features = Random(spots, width, 17);
        AssertEqualsBruteForce(features, neighbours, metric);
    }

    [Fact]
    public void Nearest_LatticeWithManyTies_EqualsBruteForce()
    {
        Gen<(int[] Values, int Width)> gen = Gen.Choose(1, 4)
            .SelectMany(width => Gen.Choose(0, 2).ArrayOf(width * 90).Select(values => (values, width)));
        Prop.ForAll(gen.ToArbitrary(), input =>
        {
            using Matrix features = Matrix.From(90, input.Width, [.. input.Values.Select(v => (float)v)]);
            AssertEqualsBruteForce(features, 11, FeatureMetric.Euclidean);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(FeatureMetric.Euclidean)]
    [InlineData(FeatureMetric.Cosine)]
    [InlineData(FeatureMetric.Correlation)]
    public void Nearest_EqualRows_AreAtDistanceZeroInIndexOrder(FeatureMetric metric)
    {
        using Matrix features = Random(200, 13, 23);
        foreach (int copy in new[] { 40, 90, 150 })
            features.Row(3).CopyTo(features.Row(copy));
        NeighbourTable table = FeatureNeighbours.Nearest(features, 5, metric, _team);
        table.IndicesOf(90)[..3].ToArray().ShouldBe([3, 40, 150]);
        table.DistancesOf(90)[..3].ToArray().ShouldBe([0, 0, 0]);
        table.DistancesOf(90)[3].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Nearest_AllRowsEqual_LowestIndices()
    {
        using var features = new Matrix(500, 3);
        NeighbourTable table = FeatureNeighbours.Nearest(features, 3, FeatureMetric.Euclidean, _team);
        table.IndicesOf(0).ToArray().ShouldBe([1, 2, 3]);
        table.IndicesOf(499).ToArray().ShouldBe([0, 1, 2]);
    }

    [Theory]
    [InlineData(FeatureMetric.Cosine, 0)]
    [InlineData(FeatureMetric.Correlation, 0.1f)]
    public void Nearest_VectorWithoutDirection_IsAtDistanceOneFromAll(FeatureMetric metric, float value)
    {
        using Matrix features = Random(50, 7, 29);
        features.Row(4).Fill(value);
        features.Row(8).Fill(value);
        NeighbourTable table = FeatureNeighbours.Nearest(features, 49, metric, _team);
        table.DistancesOf(4).ToArray().ShouldAllBe(d => Math.Abs(d - 1) < 1e-12);
        table.IndicesOf(4).ToArray().ShouldContain(8);
    }

    [Fact]
    public void Nearest_LargeOffset_DoesNotCancel()
    {
        // |a|² + |b|² − 2ab in float32 would lose every digit here.
        using Matrix features = Random(400, 5, 31);
        for (int i = 0; i < features.Rows; i++)
        {
            for (int f = 0; f < features.Columns; f++)
                features[i, f] += 10_000;
        }

        AssertEqualsBruteForce(features, 10, FeatureMetric.Euclidean);
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    public void Nearest_ExtremeScale_EqualsBruteForce(float scale)
    {
        using Matrix features = Random(150, 6, 37);
        for (int i = 0; i < features.Rows; i++)
        {
            for (int f = 0; f < features.Columns; f++)
                features[i, f] *= scale;
        }

        AssertEqualsBruteForce(features, 8, FeatureMetric.Euclidean);
    }

    [Fact]
    public void Nearest_AnyThreadCount_SameTable()
    {
        using Matrix features = Random(1000, 24, 41);
        using var one = new ThreadTeam(1);
        using var three = new ThreadTeam(3);
        NeighbourTable expected = FeatureNeighbours.Nearest(features, 15, FeatureMetric.Correlation, one);
        foreach (ThreadTeam team in new[] { _team, three })
        {
            NeighbourTable actual = FeatureNeighbours.Nearest(features, 15, FeatureMetric.Correlation, team);
            actual.Indices.ShouldBe(expected.Indices);
            actual.Distances.ShouldBe(expected.Distances);
        }
    }

    [Fact]
    public void Nearest_TooFewSpots_NamesSpotsAndOption()
    {
        using Matrix features = Random(4, 2, 1);
        BadInputException failure = Should.Throw<BadInputException>(() => FeatureNeighbours.Nearest(features, 4, FeatureMetric.Euclidean, _team));
        failure.Message.ShouldContain("4 spots");
        failure.Message.ShouldContain("--neighbors");
    }

    [Fact]
    public void Nearest_ValueNotFinite_NamesSpotAndColumn()
    {
        using Matrix features = Random(40, 3, 1);
        features[11, 2] = float.NaN;
        BadInputException failure = Should.Throw<BadInputException>(() => FeatureNeighbours.Nearest(features, 4, FeatureMetric.Euclidean, _team));
        failure.Message.ShouldContain("spot 11");
        failure.Message.ShouldContain("column 2");
    }

    [Fact]
    public unsafe void Kernel_NarrowAndWideVectors_SameBytes()
    {
        const int Features = 37;
        using Matrix values = Random(1, Features * 36, 43);
        float[] flat = values.ToArray(), penalties = new float[32];
        penalties[31] = float.PositiveInfinity;
        penalties[5] = 1;
        float[] wide = new float[128], narrow = new float[128];
        fixed (float* queries = flat, references = flat.AsSpan(Features * 4), start = penalties, w = wide, n = narrow)
        {
            DistanceKernel.Wide(queries, start + 4, references, start, Features, w);
            DistanceKernel.Narrow(queries, start + 4, references, start, Features, n);
            DistanceKernel.Narrow(queries, start + 4, references + (Features * 16), start + 16, Features, n + 16);
        }

        narrow.ShouldBe(wide);
        wide[31].ShouldBe(float.PositiveInfinity);
        wide[0].ShouldBeGreaterThan(0);
    }

    internal static Matrix Random(int spots, int width, ulong seed)
    {
        var random = new RandomStream(seed);
        var matrix = new Matrix(spots, width);
        for (int i = 0; i < spots; i++)
        {
            for (int f = 0; f < width; f++)
                matrix[i, f] = (float)random.NextGaussian();
        }

        return matrix;
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b, FeatureMetric metric)
    {
        if (metric == FeatureMetric.Euclidean)
        {
            double sum = 0;
            for (int f = 0; f < a.Length; f++)
                sum += ((double)a[f] - b[f]) * ((double)a[f] - b[f]);
            return Math.Sqrt(sum);
        }

        double meanA = 0, meanB = 0;
        for (int f = 0; f < a.Length && metric == FeatureMetric.Correlation; f++)
            (meanA, meanB) = (meanA + ((double)a[f] / a.Length), meanB + ((double)b[f] / a.Length));
        double ab = 0, aa = 0, bb = 0;
        for (int f = 0; f < a.Length; f++)
        {
            ab += (a[f] - meanA) * (b[f] - meanB);
            aa += (a[f] - meanA) * (a[f] - meanA);
            bb += (b[f] - meanB) * (b[f] - meanB);
        }

        return 1 - (ab / Math.Sqrt(aa * bb));
    }

    private void AssertEqualsBruteForce(Matrix features, int neighbours, FeatureMetric metric)
    {
        NeighbourTable table = FeatureNeighbours.Nearest(features, neighbours, metric, _team);
        for (int i = 0; i < features.Rows; i++)
        {
            (double Distance, int Index)[] expected =
            [
                .. Enumerable.Range(0, features.Rows).Where(j => j != i)
                    .Select(j => (Distance: Distance(features.Row(i), features.Row(j), metric), Index: j))
                    .OrderBy(p => p.Distance).ThenBy(p => p.Index).Take(neighbours),
            ];
            table.IndicesOf(i).ToArray().ShouldBe(expected.Select(p => p.Index), $"spot {i}");
            for (int j = 0; j < neighbours; j++)
                // Two ways of double arithmetic; 1 − cos carries the rounding of numbers near 1.
                table.DistancesOf(i)[j].ShouldBe(expected[j].Distance, (1e-13 * expected[j].Distance) + (metric == FeatureMetric.Euclidean ? double.Epsilon : 1e-14));
        }
    }
}
