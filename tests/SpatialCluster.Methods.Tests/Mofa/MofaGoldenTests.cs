using System.Text.Json;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Mofa;

namespace SpatialCluster.Tests.Mofa;

/// <summary>
/// mofapy2's own iterations from its own start, in double as ours. The two sum in another order, which moves last digits; ten
/// iterations, and a whole training, keep the difference below 10⁻⁹ of a tensor's largest element.
/// </summary>
public sealed class MofaGoldenTests : IDisposable
{
    private const double Tolerance = 1e-9;

    private readonly GoldenFile _golden = GoldenFile.Open("mofa.json");
    private readonly ThreadTeam _team = new(2);

    [Theory]
    [InlineData("plain", new[] { 1, 2, 10 })]
    [InlineData("scaled", new[] { 10 })]
    public void Iterate_FromTheOriginalsStart_GivesItsExpectationsAndBound(string run, int[] compared)
    {
        MofaModel model = Model(run);
        double[] bounds = _golden.Numbers($"{run}/elbo");
        bounds.Length.ShouldBe(11);
        (model.Bound() + model.OriginalExcess()).ShouldBe(bounds[0], Tolerance * Math.Abs(bounds[0]));
        for (int i = 1; i < bounds.Length; i++)
        {
            model.Iterate(learnsSparsity: i >= SparsityStart);
            (model.Bound() + model.OriginalExcess()).ShouldBe(bounds[i], Tolerance * Math.Abs(bounds[0]), $"iteration {i}");
            if (compared.Contains(i))
                Compare(_golden.At($"{run}/after_{i}"), model);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("scaled")]
    public void Progress_FromTheOriginalsStart_ConvergesWhereItDoes(string run)
    {
        double[] bounds = _golden.Numbers($"{run}/trained/elbo");
        MofaModel model = Model(run);
        var progress = new MofaProgress(new MofaOptions()) { FirstBound = model.Bound() };
        while (!progress.Ended)
        {
            model.Iterate(learnsSparsity: progress.Iterations + 1 >= SparsityStart);
            progress.Add(model.Bound(), model.Bound() + model.OriginalExcess());
        }

        // It records neither the last iteration's bound nor anything after it.
        progress.Converged.ShouldBeTrue();
        progress.Iterations.ShouldBe(bounds.Length);
        for (int i = 1; i < bounds.Length; i++)
            progress.Losses.Term(1)[i - 1].ShouldBe(bounds[i], Tolerance * Math.Abs(bounds[0]), $"iteration {i}");
        Compare(_golden.At($"{run}/trained/final"), model);
    }

    public void Dispose() => _team.Dispose();

    private int SparsityStart => _golden.At("start_sparsity").GetInt32();

    private MofaModel Model(string run)
    {
        CenteredView[] views = [.. _golden.At("Y").EnumerateArray().Select((y, m) => CenteredView.Of($"view {m}", ReadMatrix(y), run == "scaled", _team))];
        double[] start = _golden.Numbers($"{run}/Z_start");
        int factors = _golden.At("factors").GetInt32();
        var table = new FactorTable(views[0].Spots, factors);
        for (int spot = 0; spot < table.Rows; spot++)
            start.AsSpan(spot * factors, factors).CopyTo(table.Row(spot));
        return new MofaModel(views, table, spikeSlab: true, _team);
    }

    private static Matrix ReadMatrix(JsonElement tensor)
    {
        int[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(x => x.GetInt32())];
        return Matrix.From(shape[0], shape[1], [.. GoldenFile.Numbers(tensor).Select(x => (float)x)]);
    }

    private static void Compare(JsonElement expected, MofaModel model)
    {
        int factors = model.Factors.Factors;
        Compare("Z", expected.GetProperty("Z"), Values(model.Factors.Rows, factors, (i, k) => model.Factors[i, k]));
        Compare("Z variance", expected.GetProperty("Z_variance"), model.FactorVariances);
        var explained = new List<double>();
        for (int m = 0; m < model.Views.Count; m++)
        {
            MofaView view = model.Views[m];
            JsonElement wanted = expected.GetProperty("views")[m];
            int features = view.Data.Features;
            Compare("W", wanted.GetProperty("W"), Values(features, factors, view.Loading));
            Compare("S", wanted.GetProperty("S"), Values(features, factors, (i, k) => view.Slab[i, k]));
            Compare("W2", wanted.GetProperty("W2"), Values(features, factors, (i, k) => view.Slab[i, k] * ((view.Mean[i, k] * view.Mean[i, k]) + view.Variance[i, k])));
            Compare("alpha", wanted.GetProperty("alpha"), [.. view.Relevance.Select(a => a.Mean)]);
            Compare("theta", wanted.GetProperty("theta"), [.. view.SlabShape.Zip(view.SpikeShape, (a, b) => a / (a + b))]);
            Compare("tau", wanted.GetProperty("tau"), [.. view.Noise.Select(t => t.Mean)]);
            explained.AddRange(view.VarianceExplained(model.Moments));
        }

        Compare("variance explained", expected.GetProperty("r2"), [.. explained]);
    }

    private static double[] Values(int rows, int columns, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => value(i / columns, i % columns))];

    private static void Compare(string what, JsonElement tensor, double[] actual)
    {
        double[] expected = GoldenFile.Numbers(tensor);
        actual.Length.ShouldBe(expected.Length, what);
        double largest = expected.Max(Math.Abs);
        largest.ShouldBeGreaterThan(0);
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], Tolerance * largest, $"{what}, element {i}");
    }
}
