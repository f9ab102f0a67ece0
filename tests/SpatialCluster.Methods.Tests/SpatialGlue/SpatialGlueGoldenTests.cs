using System.Text.Json;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;
using SpatialCluster.Methods.SpatialGlue;

namespace SpatialCluster.Tests.SpatialGlue;

/// <summary>
/// One step of the original, computed by it in double. Ours runs in float32, whose rounding is 6e-8; sums of a few hundred
/// terms stay well within the 1e-5 of a tensor's largest element that is asked for.
/// </summary>
public sealed class SpatialGlueGoldenTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private static readonly string[] s_names = ["rna", "protein"];

    private readonly GoldenFile _golden = GoldenFile.Open("spatialglue_step.json");
    private readonly GoldenFile _spots = GoldenFile.Open("spami_step.json");
    private readonly ThreadTeam _team = new(2);
    private readonly Matrix[] _features;
    private readonly Arena _arena;
    private readonly SpatialGlueNetwork _network;

    public SpatialGlueGoldenTests()
    {
        _features = [ReadMatrix(_spots, "X1"), ReadMatrix(_spots, "X2")];
        double[] factors = _golden.Numbers("weights");
        var options = new SpatialGlueOptions
        {
            EmbeddingWidth = _golden.Shape("parameters/atten_cross.w_omega")[0],
            ReconstructionWeights = factors[0..2],
            CorrespondenceWeights = factors[2..4],
        };
        var input = new SpatialGlueInput
        {
            Names = s_names,
            Features = _features,
            Graphs = new SpatialGlueGraphs(
                Propagating(_spots.At("neighbours")), [Propagating(_golden.At("feature_neighbours1")), Propagating(_golden.At("feature_neighbours2"))]),
            Options = options,
        };
        _network = input.Build(_team.Threads, out _arena);
        foreach (Parameter parameter in _network.Parameters)
        {
            double[] values = GoldenFile.Numbers(Original("parameters", parameter));
            for (int i = 0; i < parameter.Value.Rows; i++)
            {
                for (int j = 0; j < parameter.Value.Columns; j++)
                    parameter.Value[i, j] = (float)values[(i * parameter.Value.Columns) + j];
            }
        }

        _network.PackParameters();
    }

    [Fact]
    public void Infer_WithTheOriginalsParameters_GivesItsOutputs()
    {
        _network.Infer(_team);
        Compare("outputs/emb_latent_combined", _network.Embedding);
        Compare("outputs/alpha", _network.Attention);
        for (int m = 0; m < 2; m++)
        {
            Compare($"outputs/emb_latent_omics{m + 1}", _network.Latent(m));
            Compare($"outputs/alpha_omics{m + 1}", _network.GraphAttention(m)!);
            Compare($"outputs/emb_recon_omics{m + 1}", _network.Reconstruction(m));
        }
    }

    [Fact]
    public void Train_OneStep_GivesTheOriginalsLosses()
    {
        _network.Train(0, _team);
        _network.Losses.Select(t => t.Name).ShouldBe(["reconstruction/rna", "reconstruction/protein", "correspondence/rna", "correspondence/protein"]);
        double[] losses = _golden.Numbers("losses");
        for (int term = 0; term < 4; term++)
            _network.Losses[term].Value.ShouldBe(losses[term], Tolerance, _network.Losses[term].Name);
        double total = _golden.At("total").GetDouble();
        _network.Losses.Sum(t => t.Factor * t.Value).ShouldBe(total, Tolerance * total);
    }

    [Fact]
    public void Train_OneStep_GivesTheOriginalsGradients()
    {
        _network.Train(0, _team);
        _network.Parameters.Count.ShouldBe(10);
        foreach (Parameter parameter in _network.Parameters)
            Compare(parameter.Name, GoldenFile.Numbers(Original("gradients", parameter)), parameter.Gradient);
    }

    [Fact]
    public void FeatureNeighbours_ByCorrelation_AreTheOriginals()
    {
        for (int m = 0; m < 2; m++)
        {
            CsrMatrix graph = NeighbourGraphs.Undirected(FeatureNeighbours.Nearest(_features[m], 6, FeatureMetric.Correlation, _team));
            int spot = 0;
            foreach (JsonElement row in _golden.At($"feature_neighbours{m + 1}").EnumerateArray())
                graph.RowColumns(spot++).ToArray().ShouldBe(row.EnumerateArray().Select(x => x.GetInt32()));
        }
    }

    public void Dispose()
    {
        _arena.Dispose();
        _team.Dispose();
        foreach (Matrix matrix in _features)
            matrix.Dispose();
    }

    private static CsrMatrix Propagating(JsonElement neighbours)
    {
        int[][] lists = [.. neighbours.EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetInt32()).ToArray())];
        var edges = new SortedSet<(int Row, int Column)>(lists.SelectMany((row, i) => row.Append(i).SelectMany(j => new[] { (i, j), (j, i) })));
        int[] degree = [.. Enumerable.Range(0, lists.Length).Select(i => edges.Count(e => e.Row == i))];
        long[] pointers = [0, .. degree.Select((_, i) => (long)degree[..(i + 1)].Sum())];
        float[] weights = [.. edges.Select(e => (float)(1 / Math.Sqrt((double)degree[e.Row] * degree[e.Column])))];
        return new CsrMatrix(lists.Length, lists.Length, pointers, [.. edges.Select(e => e.Column)], weights);
    }

    private static string OriginalName(string ours)
    {
        string name = ours.Replace("attention.", "atten_");
        for (int m = 0; m < 2; m++)
            name = name.Replace($"coder.{s_names[m]}.", $"coder_omics{m + 1}.").Replace($"atten_{s_names[m]}.", $"atten_omics{m + 1}.");
        return name;
    }

    private static Matrix ReadMatrix(GoldenFile file, string path)
    {
        int[] shape = file.Shape(path);
        return Matrix.From(shape[0], shape[1], [.. file.Numbers(path).Select(x => (float)x)]);
    }

    private static void Compare(string name, double[] expected, Matrix actual)
    {
        float[] values = actual.ToArray();
        values.Length.ShouldBe(expected.Length, name);
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            ((double)values[i]).ShouldBe(expected[i], Tolerance * largest, $"{name}[{i}]");
    }

    private JsonElement Original(string group, Parameter parameter) => _golden.At(group).GetProperty(OriginalName(parameter.Name));

    private void Compare(string path, Matrix actual) => Compare(path, _golden.Numbers(path), actual);
}
