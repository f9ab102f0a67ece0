using System.Runtime.InteropServices;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.Training;
using SpatialCluster.Methods.Wnn;

namespace SpatialCluster.Tests.Wnn;

public sealed class WnnMethodTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_AnyNumberOfModalities_WeightsSumToOne(int modalities)
    {
        using MethodResult result = WnnSlice.Run(WnnSlice.Input(300, [.. Enumerable.Repeat(3.0, modalities)]));
        result.Embedding.ShouldBeNull();
        result.Attention!.Columns.ShouldBe(modalities);
        for (int spot = 0; spot < 300; spot++)
        {
            result.Attention.Row(spot).ToArray().ShouldAllBe(w => w > 0 && w <= 1);
            result.Attention.Row(spot).ToArray().Sum().ShouldBe(1, 1e-5f);
            int[] neighbours = result.Neighbours!.IndicesOf(spot).ToArray();
            neighbours.Distinct().Count().ShouldBe(20);
            neighbours.ShouldNotContain(spot);
            result.Neighbours.DistancesOf(spot).ToArray().ShouldBeInOrder();
        }

        result.Graph!.RowColumns(0).ToArray().ShouldNotContain(0);
    }

    [Fact]
    public void Run_OneModality_GivesItsOwnNeighboursAndWeightOne()
    {
        MethodInput input = WnnSlice.Input(300, 3);
        using MethodResult result = WnnSlice.Run(input);
        result.Attention!.ToArray().ShouldAllBe(w => w == 1);
        using var team = new ThreadTeam(1);
        using Matrix points = FeatureSpace.PointsOf(input.Features[0], unitLength: true);
        NeighbourTable own = FeatureNeighbours.Nearest(points, 20, FeatureMetric.Euclidean, team);
        for (int spot = 0; spot < 300; spot++)
            result.Neighbours!.IndicesOf(spot).ToArray().Order().ShouldBe(own.IndicesOf(spot).ToArray().Order());
    }

    [Fact]
    public void Run_OneModalityOfNoise_WeighsLessThanTheClearOne()
    {
        using MethodResult result = WnnSlice.Run(WnnSlice.Input(400, 8, 0));
        Enumerable.Range(0, 400).Average(spot => (double)result.Attention![spot, 0]).ShouldBeGreaterThan(0.55);
    }

    [Fact]
    public void Run_ClearDomains_LeidenFindsThem()
    {
        MethodInput input = WnnSlice.Input(400, 8, 8);
        using MethodResult result = WnnSlice.Run(input);
        using var team = new ThreadTeam(2);
        TissueDomains domains = DomainFinder.Find(result, input.Coordinates, new DomainOptions { Domains = 2 }, 0, team);
        ClusteringScores.Compare([.. input.Truth!], domains.Labels).AdjustedRandIndex.ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameBytes()
    {
        MethodInput input = WnnSlice.Input(700, 2, 1, 3);
        byte[][] one = Bytes(1);
        Bytes(2).ShouldBe(one);
        Bytes(3).ShouldBe(one);

        byte[][] Bytes(int threads)
        {
            using MethodResult result = WnnSlice.Run(input, new WnnOptions { Smooth = true }, threads);
            return
            [
                MemoryMarshal.AsBytes<float>(result.Attention!.ToArray()).ToArray(), MemoryMarshal.AsBytes<int>(result.Neighbours!.Indices).ToArray(),
                MemoryMarshal.AsBytes<double>(result.Neighbours.Distances).ToArray(), MemoryMarshal.AsBytes<int>(result.Graph!.ColumnIndices).ToArray(),
                MemoryMarshal.AsBytes<float>(result.Graph.Values).ToArray(),
            ];
        }
    }

    [Fact]
    public void Run_ModalitiesInAnotherOrder_GivesTheSameNeighbours()
    {
        MethodInput input = WnnSlice.Input(300, 2, 3, 1);
        using MethodResult result = WnnSlice.Run(input);
        using MethodResult turned = WnnSlice.Run(input with { Features = [input.Features[2], input.Features[0], input.Features[1]] });
        for (int spot = 0; spot < 300; spot++)
        {
            turned.Attention![spot, 0].ShouldBe(result.Attention![spot, 2], 1e-6f);
            turned.Neighbours!.IndicesOf(spot).ToArray().Order().ShouldBe(result.Neighbours!.IndicesOf(spot).ToArray().Order());
        }
    }

    [Fact]
    public void Run_Smooth_AveragesScoresSoThatWeightsVaryLess()
    {
        MethodInput input = WnnSlice.Input(400, 2, 2);
        double rough = Spread(false), smooth = Spread(true);
        smooth.ShouldBeLessThan(0.7 * rough);

        double Spread(bool smoothed)
        {
            using MethodResult result = WnnSlice.Run(input, new WnnOptions { Smooth = smoothed });
            double[] weights = [.. Enumerable.Range(0, 400).Select(spot => (double)result.Attention![spot, 0])];
            return Math.Sqrt(weights.Average(w => Math.Pow(w - weights.Average(), 2)));
        }
    }

    [Fact]
    public void Run_DuplicateSpots_StaysFinite()
    {
        MethodInput input = WnnSlice.Input(300, 2, 2);
        for (int spot = 1; spot < 60; spot++)
        {
            foreach (Matrix features in input.Features)
                features.Row(0).CopyTo(features.Row(spot));
        }

        using MethodResult result = WnnSlice.Run(input);
        result.Attention!.ToArray().ShouldAllBe(w => w >= 0 && w <= 1);
        result.Neighbours!.Distances.ShouldAllBe(d => d >= 0 && d <= 1);
        result.Neighbours.IndicesOf(59).ToArray().ShouldAllBe(other => other < 60, "equal spots are nearest");
        result.Graph!.Values.ShouldAllBe(w => w > 0 && w <= 1);
    }

    [Fact]
    public void Run_SpotsWithoutFeatures_StaysFinite()
    {
        MethodInput input = WnnSlice.Input(300, 2, 2);
        for (int spot = 0; spot < 40; spot++)
            input.Features[1].Row(spot).Clear();
        using MethodResult result = WnnSlice.Run(input);
        result.Attention!.ToArray().ShouldAllBe(w => w >= 0 && w <= 1);
        result.Neighbours!.Distances.ShouldAllBe(d => d >= 0 && d <= 1);
    }

    [Fact]
    public void Run_ConstantModality_IsLeftOutWithANote()
    {
        MethodInput input = WnnSlice.Input(300, 3, 3);
        using var constant = new Matrix(300, 4);
        for (int spot = 0; spot < 300; spot++)
            constant.Row(spot).Fill(2);
        using MethodResult alone = WnnSlice.Run(input);
        using MethodResult result = WnnSlice.Run(WnnSlice.Input(input.Coordinates.X, [input.Features[0], constant, input.Features[1]]));
        result.Notes.ShouldHaveSingleItem().ShouldContain("'modality1' is the same in every spot");
        result.Neighbours!.Indices.ShouldBe(alone.Neighbours!.Indices);
        Enumerable.Range(0, 300).ShouldAllBe(spot => result.Attention![spot, 1] == 0 && result.Attention[spot, 2] == alone.Attention![spot, 1]);
        Should.Throw<BadInputException>(() => WnnSlice.Run(WnnSlice.Input(input.Coordinates.X, [constant, constant]))).Message.ShouldContain("Every modality is the same");
    }

    [Fact]
    public void Run_FewerSpotsThanTheRange_TakesAllWithANote()
    {
        MethodInput input = WnnSlice.Input(60, 3, 3);
        using MethodResult result = WnnSlice.Run(input);
        result.Notes.ShouldHaveSingleItem().ShouldContain("among all 60 spots");
        using MethodResult exact = WnnSlice.Run(input, new WnnOptions { Range = 60 });
        exact.Notes.ShouldBeEmpty();
        result.Neighbours!.Indices.ShouldBe(exact.Neighbours!.Indices);
        using MethodResult least = WnnSlice.Run(WnnSlice.Input(21, 3, 3));
        least.Neighbours!.Neighbours.ShouldBe(20);
    }

    [Fact]
    public void Run_FewerSpotsThanNeighbours_IsRefused() =>
        Should.Throw<BadInputException>(() => WnnSlice.Run(WnnSlice.Input(20, 3, 3))).Message.ShouldContain("lower --neighbors to at most 19");

    [Fact]
    public void Validate_RangeNotAboveNeighbours_IsRefused()
    {
        Should.Throw<BadInputException>(() => new WnnOptions { Range = 20 }.Validate()).Message.ShouldContain("--range");
        Should.Throw<BadInputException>(() => new WnnOptions { Neighbours = 1 }.Validate()).Message.ShouldContain("--neighbors");
        Should.Throw<BadInputException>(() => new WnnOptions { Prune = double.NaN }.Validate()).Message.ShouldContain("--prune");
        Should.Throw<BadInputException>(() => new WnnOptions { CrossConstant = 0 }.Validate()).Message.ShouldContain("--cross-constant");
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        using var team = new ThreadTeam(1);
        Should.Throw<OperationCanceledException>(() =>
            new WnnMethod().Run(WnnSlice.Input(100, 1, 1), new WnnOptions(), team, new TrainingControl { Cancellation = source.Token }));
    }

    [Fact]
    public void ForecastBytes_MoreSpots_GrowsInProportion()
    {
        long few = new WnnMethod().ForecastBytes(100_000, [30, 18], new WnnOptions(), 2), many = new WnnMethod().ForecastBytes(1_000_000, [30, 18], new WnnOptions(), 2);
        ((double)many / few).ShouldBe(10, 0.2);

        // Two tables of 200 neighbours at 12 bytes are most of it.
        few.ShouldBeInRange(100_000L * 4_800, 100_000L * 20_000);
    }
}
