using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Kernels;

/// <summary>The sparse product against sums in double.</summary>
public sealed unsafe class GatherTests
{
    private const int Spots = 61;

    private readonly Random _random = new(5);

    public static TheoryData<int> Widths => [1, 7, 16, 50, 64, 100, 128, 130];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Run_EveryCombinationOfOptions_IsTheWeightedSum(int width)
    {
        CsrMatrix graph = RandomGraph.Directed(Spots, 4, _random);
        using Matrix x = RandomMatrix.Uniform(Spots, width, _random), bias = RandomMatrix.Uniform(1, width, _random);
        using Matrix before = RandomMatrix.Uniform(Spots, width, _random);
        int[] order = [.. Enumerable.Range(0, Spots)];
        _random.Shuffle(order);
        for (int options = 0; options < 32; options++)
        {
            DropoutMask? input = (options & 1) != 0 ? Mask(width, 0.4) : null, output = (options & 2) != 0 ? Mask(width, 0.3) : null;
            int[]? taken = (options & 4) != 0 ? order : null;
            bool withBias = (options & 8) != 0, accumulate = (options & 16) != 0;

            // Some rows in the middle, as a tile does.
            const int start = 11, end = 58;
            using var y = new Matrix(Spots, width);
            y.CopyFrom(before);
            Gather.Run(new GatherOperands
            {
                Graph = graph,
                X = x.Data,
                XStride = x.Stride,
                Y = y.Data + (start * y.Stride),
                YStride = y.Stride,
                Width = y.Stride,
                Start = start,
                End = end,
                Order = taken,
                InputMask = input,
                OutputMask = output,
                Bias = withBias ? bias.Data : null,
                Accumulate = accumulate,
            });

            for (int row = 0; row < Spots; row++)
            {
                for (int j = 0; j < y.Stride; j++)
                {
                    double expected = 0;
                    if (j < width)
                    {
                        bool inside = row is >= start and < end;
                        expected = !inside ? before[row, j] : Sum(row, j) + (withBias ? bias[0, j] : 0) + (accumulate ? before[row, j] : 0);
                    }

                    // At most a dozen terms below 2 in size, each rounded to 6e-8 of itself.
                    if (!(Math.Abs(y.Data[(row * y.Stride) + j] - expected) < 3e-6))
                        Assert.Fail($"options {options}: Y({row}, {j}) is {y.Data[(row * y.Stride) + j]}, not {expected}");
                }
            }

            double Sum(int row, int j)
            {
                if (output?.Keeps(row, j) == false)
                    return 0;
                double sum = 0;
                for (int e = 0; e < graph.RowColumns(row).Length; e++)
                {
                    int column = graph.RowColumns(row)[e];
                    if (input?.Keeps(column, j) != false)
                        sum += (double)graph.RowValues(row)[e] * x[taken is null ? column : taken[column], j];
                }

                return sum * (input?.Scale ?? 1) * (output?.Scale ?? 1);
            }
        }
    }

    [Fact]
    public void Run_RowWithoutNeighbours_IsTheBias()
    {
        var graph = new CsrMatrix(2, 2, [0, 0, 1], [0], [2]);
        using Matrix x = Matrix.From(2, 3, [1, 2, 3, 4, 5, 6]), bias = Matrix.From(1, 3, [10, 20, 30]), y = new(2, 3);
        Gather.Run(new GatherOperands { Graph = graph, X = x.Data, XStride = 16, Y = y.Data, YStride = 16, Width = 16, End = 2, Bias = bias.Data });
        y.ToArray().ShouldBe([10, 20, 30, 12, 24, 36]);
    }

    private static DropoutMask Mask(int width, double rate)
    {
        var mask = new DropoutMask(Spots, width, rate, key: 99 + (ulong)(rate * 10));
        mask.Fill(3, 0, Spots);
        return mask;
    }
}
