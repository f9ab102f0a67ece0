using System.Text.Json;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;
using SpatialCluster.Methods.Wnn;

namespace SpatialCluster.Tests.Wnn;

/// <summary>
/// Seurat 4.3.0 on the same features, its neighbour search made exact. It computes in double throughout; ours rounds rows of
/// unit length to float32 (6e-8), which moves distances by about as much, and what comes of them through kernels by up to a
/// hundred times that. Neighbours are the same sets; in their order two that differ by less than the rounding may change places.
/// </summary>
public sealed class WnnGoldenTests : IDisposable
{
    private const double Tolerance = 5e-6;

    private readonly GoldenFile _golden = GoldenFile.Open("wnn.json");
    private readonly ThreadTeam _team = new(2);
    private readonly List<Matrix> _features = [];

    [Theory]
    [InlineData("two")]
    [InlineData("three")]
    [InlineData("near")]
    [InlineData("plain")]
    public void Of_SeuratsFeatures_GivesItsBandwidthsAndWeights(string name)
    {
        JsonElement expected = _golden.At($"cases/{name}");
        WnnOptions options = OptionsOf(expected);
        FeatureSpace[] spaces = [.. FeaturesOf(expected).Select(features => FeatureSpace.Of(FeatureSpace.PointsOf(features, options.UnitLength), options, _team))];
        double[] weights = new ModalityWeights(spaces, options).Compute(_team);
        double[][] wantedWeights = Rows(expected, "weights"), wantedBandwidths = Rows(expected, "bandwidths");
        for (int spot = 0; spot < wantedWeights.Length; spot++)
        {
            for (int r = 0; r < spaces.Length; r++)
            {
                weights[(spot * spaces.Length) + r].ShouldBe(wantedWeights[spot][r], Tolerance, $"weight of {r} at spot {spot}");
                spaces[r].Bandwidths[spot].ShouldBe(wantedBandwidths[spot][r], Tolerance * wantedBandwidths[spot][r], $"bandwidth of {r} at spot {spot}");
            }
        }

        foreach (FeatureSpace space in spaces)
            space.Dispose();
    }

    [Theory]
    [InlineData("two")]
    [InlineData("three")]
    [InlineData("near")]
    [InlineData("plain")]
    public void Run_SeuratsFeatures_GivesItsNeighboursAndGraph(string name)
    {
        JsonElement expected = _golden.At($"cases/{name}");
        using MethodResult result = new WnnMethod().Run(InputOf(FeaturesOf(expected)), OptionsOf(expected), _team, new TrainingControl());
        double[][] neighbours = Rows(expected, "neighbours"), distances = Rows(expected, "distances"), weights = Rows(expected, "weights");
        double[] sums = GoldenFile.Numbers(expected.GetProperty("snn_row_sums")), counts = GoldenFile.Numbers(expected.GetProperty("snn_row_counts"));
        for (int spot = 0; spot < neighbours.Length; spot++)
        {
            result.Neighbours!.IndicesOf(spot).ToArray().Order().ShouldBe(neighbours[spot].Select(x => (int)x).Order(), $"spot {spot}");
            result.Attention!.Row(spot).ToArray().Select(x => (double)x).ShouldBe(weights[spot], Tolerance);
            result.Graph!.RowColumns(spot).Length.ShouldBe((int)counts[spot]);
            result.Graph.RowValues(spot).ToArray().Sum(x => (double)x).ShouldBe(sums[spot], 1e-5);
        }

        for (int spot = 0; spot < distances.Length; spot++)
            result.Neighbours!.DistancesOf(spot).ToArray().ShouldBe(distances[spot], Tolerance);
        int row = 0;
        foreach (JsonElement entries in expected.GetProperty("snn_rows").EnumerateArray())
        {
            result.Graph!.RowColumns(row).ToArray().Select(x => (double)x).ShouldBe(GoldenFile.Numbers(entries.GetProperty("columns")));
            result.Graph.RowValues(row++).ToArray().Select(x => (double)x).ShouldBe(GoldenFile.Numbers(entries.GetProperty("values")), 1e-7);
        }

        row.ShouldBe(10);
    }

    public void Dispose()
    {
        _features.ForEach(features => features.Dispose());
        _team.Dispose();
    }

    private static double[][] Rows(JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray().Select(GoldenFile.Numbers)];

    private static WnnOptions OptionsOf(JsonElement expected) => new()
    {
        Neighbours = expected.GetProperty("k").GetInt32(),
        Range = expected.GetProperty("range").GetInt32(),
        Prune = expected.GetProperty("prune").GetDouble(),
        UnitLength = expected.GetProperty("l2").GetBoolean(),
        BandwidthScale = expected.GetProperty("sd").GetDouble(),
        FarBandwidth = expected.GetProperty("far").GetBoolean(),
        CrossConstant = expected.GetProperty("cross").GetDouble(),
    };

    private static MethodInput InputOf(Matrix[] features) => new()
    {
        Names = [.. features.Select((_, m) => $"modality{m}")],
        Kinds = [.. features.Select(_ => ModalityKind.Rna)],
        Features = features,
        Coordinates = new SpotCoordinates(new double[features[0].Rows], new double[features[0].Rows]),
    };

    private Matrix[] FeaturesOf(JsonElement expected)
    {
        JsonElement[] all = [.. _golden.At("features").EnumerateArray()];
        Matrix[] features =
        [
            .. GoldenFile.Numbers(expected.GetProperty("modalities")).Select(m => all[(int)m]).Select(table =>
            {
                int[] shape = [.. table.GetProperty("shape").EnumerateArray().Select(x => x.GetInt32())];
                return Matrix.From(shape[0], shape[1], [.. GoldenFile.Numbers(table).Select(x => (float)x)]);
            }),
        ];
        _features.AddRange(features);
        return features;
    }
}
