using System.Text.Json;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Tests.SpaMi;

/// <summary>
/// One step of the original, computed by it in double. Ours runs in float32, whose rounding is 6e-8; sums of a few hundred
/// terms stay well within the 1e-5 of a tensor's largest element that is asked for.
/// </summary>
public sealed class SpaMiGoldenTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private static readonly string[] s_names = ["rna", "protein"];

    private readonly GoldenFile _golden = GoldenFile.Open("spami_step.json");
    private readonly ThreadTeam _team = new(2);
    private readonly Arena _arena;
    private readonly SpaMiNetwork _network;

    public SpaMiGoldenTests()
    {
        Matrix[] features = [ReadMatrix("X1"), ReadMatrix("X2")];
        double[] factors = GoldenFile.Numbers(_golden.At("factors"));
        var options = new SpaMiOptions
        {
            Neighbours = _golden.At("k").GetInt32(),
            HiddenWidth = _golden.Shape("parameters/omics1_encoder.encoder_conv1.bias")[0],
            EmbeddingWidth = _golden.Shape("parameters/omics1_encoder.encoder_conv2.bias")[0],
            Dropout = 0,
            LearningRate = 0.001,
            ContrastiveWeights = factors[0..2],
            ReconstructionWeights = factors[2..4],
            CosineWeight = factors[4],
        };
        SpaMiGraphs graphs = Graphs(_golden.At("neighbours"));
        Arena measure = Arena.Measure();
        _ = new SpaMiNetwork(s_names, features, graphs, options, seed: 0, _team.Threads, measure);
        _arena = Arena.OfSize(measure.UsedBytes);
        _network = new SpaMiNetwork(s_names, features, graphs, options, seed: 0, _team.Threads, _arena);
        foreach (Parameter parameter in _network.Parameters)
            CopyTransposedIfNeeded(_golden.At("parameters").GetProperty(OriginalName(parameter.Name)), parameter.Value);
        _network.PackParameters();
        for (int m = 0; m < 2; m++)
        {
            GoldenFile.Numbers(_golden.At($"perm{m + 1}")).Select(x => (int)x).ToArray().CopyTo(_network.Towers[m].Shuffle!, 0);
            _network.Towers[m].KeepsShuffle = true;
        }
    }

    [Fact]
    public void Infer_WithTheOriginalsParameters_GivesItsOutputs()
    {
        _network.Infer(_team);
        Compare("outputs/combined", _network.Embedding);
        Compare("outputs/attention", _network.Attention!);
        for (int m = 0; m < 2; m++)
        {
            Compare($"outputs/embedding{m + 1}", _network.ModalityEmbedding(m));
            Compare($"outputs/reconstruction{m + 1}", _network.Reconstruction(m));
        }
    }

    [Fact]
    public void Train_OneStep_GivesTheOriginalsLogitsAndLosses()
    {
        foreach (ModalityTower tower in _network.Towers)
            tower.Contrastive!.Logits = new Matrix(_network.Embedding.Rows, 4);
        _network.Train(0, _team);
        for (int m = 0; m < 2; m++)
        {
            double[] logits = Widen(_network.Towers[m].Contrastive!.Logits!);
            Compare($"outputs/logits{m + 1}", [.. logits.Chunk(4).SelectMany(row => row[..2])]);
            Compare($"outputs/logits{m + 1}_corrupted", [.. logits.Chunk(4).SelectMany(row => row[2..])]);
            Loss($"contrastive/{s_names[m]}").ShouldBe(_golden.At($"losses/contrastive{m + 1}").GetDouble(), 1e-5);
            Loss($"reconstruction/{s_names[m]}").ShouldBe(_golden.At($"losses/reconstruction{m + 1}").GetDouble(), 1e-5);
        }

        Loss("cosine").ShouldBe(_golden.At("losses/cosine").GetDouble(), 1e-5);
        Total().ShouldBe(_golden.At("losses/total").GetDouble(), 1e-5 * _golden.At("losses/total").GetDouble());
    }

    [Fact]
    public void Train_OneStep_GivesTheOriginalsGradients()
    {
        _network.Train(0, _team);
        foreach (Parameter parameter in _network.Parameters)
        {
            JsonElement expected = _golden.At("gradients").GetProperty(OriginalName(parameter.Name));
            var wanted = new Matrix(parameter.Value.Rows, parameter.Value.Columns);
            CopyTransposedIfNeeded(expected, wanted);
            Compare(parameter.Name, Widen(wanted), Widen(parameter.Gradient));
        }
    }

    [Fact]
    public void Train_ThreeSteps_GivesTheOriginalsLossesAndParameters()
    {
        double[] losses = GoldenFile.Numbers(_golden.At("total_loss_of_3_steps"));
        for (int step = 0; step < 3; step++)
        {
            _network.Train(step, _team);
            Total().ShouldBe(losses[step], Tolerance * losses[0]);
        }

        foreach (Parameter parameter in _network.Parameters)
        {
            // A sum over many elements: each may be off by the tolerance of its tensor.
            double[] values = Widen(parameter.Value);
            double wanted = _golden.At("parameters_after_3_steps_sum").GetProperty(OriginalName(parameter.Name)).GetDouble();
            values.Sum().ShouldBe(wanted, Tolerance * values.Max(Math.Abs) * Math.Sqrt(values.Length) * 4, parameter.Name);
        }
    }

    public void Dispose()
    {
        _arena.Dispose();
        _team.Dispose();
    }

    private static SpaMiGraphs Graphs(JsonElement neighbours)
    {
        int[][] lists = [.. neighbours.EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetInt32()).ToArray())];
        var edges = new SortedSet<(int, int)>(lists.SelectMany((row, i) => row.Append(i).SelectMany(j => new[] { (i, j), (j, i) })));
        double[] degree = [.. Enumerable.Range(0, lists.Length).Select(i => (double)edges.Count(e => e.Item1 == i))];
        CsrMatrix adjacency = FromEdges(lists.Length, edges.Select(e => (e.Item1, e.Item2, 1 / Math.Sqrt(degree[e.Item1] * degree[e.Item2]))));
        CsrMatrix readout = FromEdges(lists.Length, lists.SelectMany((row, i) => row.Append(i).Order().Select(j => (i, j, 1.0 / (row.Length + 1)))));
        return new SpaMiGraphs(adjacency, readout);
    }

    private static CsrMatrix FromEdges(int nodes, IEnumerable<(int Row, int Column, double Value)> edges)
    {
        (int Row, int Column, double Value)[] list = [.. edges];
        var pointers = new long[nodes + 1];
        foreach ((int row, _, _) in list)
            pointers[row + 1]++;
        for (int i = 0; i < nodes; i++)
            pointers[i + 1] += pointers[i];
        return new CsrMatrix(nodes, nodes, pointers, [.. list.Select(e => e.Column)], [.. list.Select(e => (float)e.Value)]);
    }

    private static string OriginalName(string ours)
    {
        string name = ours;
        for (int m = 0; m < 2; m++)
        {
            foreach (string part in new[] { "encoder", "decoder" })
                name = name.Replace($"{part}.{s_names[m]}.conv", $"omics{m + 1}_{part}.{part}_conv").Replace($"{part}.{s_names[m]}.discriminator", $"omics{m + 1}_{part}.discriminator.f_k");
        }

        name = name.Replace("attention.", "attention_layer.");
        return name.Contains("_conv") ? name.Replace(".weight", ".lin.weight") : name;
    }

    /// <summary>Linear layers are outputs × inputs in PyTorch, vectors have one dimension, the bilinear form three.</summary>
    private static void CopyTransposedIfNeeded(JsonElement tensor, Matrix target)
    {
        int[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(x => x.GetInt32())];
        double[] data = GoldenFile.Numbers(tensor);
        bool square = shape.Length == 3 || (shape.Length == 2 && shape[0] == shape[1] && shape[0] == target.Rows && target.Rows < 16);
        bool plain = square || shape.Length == 1 || target.Rows == 1;
        for (int i = 0; i < target.Rows; i++)
        {
            for (int j = 0; j < target.Columns; j++)
                target[i, j] = (float)(plain ? data[(i * target.Columns) + j] : data[(j * target.Rows) + i]);
        }
    }

    private static double[] Widen(Matrix matrix) => [.. matrix.ToArray().Select(x => (double)x)];

    private static void Compare(string name, double[] expected, double[] actual)
    {
        actual.Length.ShouldBe(expected.Length, name);
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], Tolerance * largest, $"{name}[{i}]");
    }

    private void Compare(string path, double[] actual) => Compare(path, _golden.Numbers(path), actual);

    private void Compare(string path, Matrix actual) => Compare(path, Widen(actual));

    private double Loss(string name) => _network.Losses.Single(t => t.Name == name).Value;

    private double Total() => _network.Losses.Sum(t => t.Factor * t.Value);

    private Matrix ReadMatrix(string path)
    {
        int[] shape = _golden.Shape(path);
        return Matrix.From(shape[0], shape[1], [.. _golden.Numbers(path).Select(x => (float)x)]);
    }
}
