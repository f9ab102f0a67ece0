using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Training.Gradients;

public sealed class GraphConvolutionPairTests : IDisposable
{
    private readonly GradientStage _stage = new() { Step = 1e-7 };

    /// <summary>Two branches over one set of weights: one with a dropout, one with a dropout of shuffled rows.</summary>
    [Theory]
    [InlineData(20, 70, 7, true)]
    [InlineData(130, 33, 16, true)]
    [InlineData(5, 16, 70, false)]
    public void BackwardHidden_TwoBranches_GivesTheGradients(int inputs, int hidden, int outputs, bool dropout)
    {
        CsrMatrix graph = _stage.Graph();
        var pair = new GraphConvolutionPair("pair", graph, graph.Transpose(), inputs, hidden, outputs, _stage.Rows, _stage.Threads, _stage.Arena);
        foreach (Parameter parameter in pair.Parameters)
            _stage.Set(parameter, 0.5);
        Matrix features = _stage.Uniform(GradientStage.Spots, inputs);
        int[] order = [.. Enumerable.Range(0, GradientStage.Spots)];
        _stage.Random.Shuffle(order);
        GraphBranch[] branches = [Branch(order: null, key: 1), Branch(order, key: 2)];
        Dense[] cotangents = [.. branches.Select(b => Dense.From(b.Output.Gradient))];
        Matrix[] aggregated = [.. branches.Select(_ => _stage.Uniform(GradientStage.Spots, inputs))];
        Matrix inputGradient = _stage.Uniform(GradientStage.Spots, inputs), fresh = _stage.Uniform(GradientStage.Spots, inputs);
        Dense before = Dense.From(inputGradient);
        _stage.Run(
            pair.ForwardHidden(branches[0]), pair.ForwardHidden(branches[1]),
            pair.ForwardOutput(branches[0]), pair.ForwardOutput(branches[1]),
            pair.BackwardHidden(branches, aggregated),
            pair.BackwardInput(branches[0], aggregated[0], inputGradient, accumulate: true),
            pair.BackwardInput(branches[0], aggregated[0], fresh, accumulate: false));

        Dense x = Dense.From(features), shuffledSource = Dense.From(features);
        Dense w1 = Dense.From(pair.Weights1.Value), b1 = Dense.From(pair.Bias1.Value), w2 = Dense.From(pair.Weights2.Value), b2 = Dense.From(pair.Bias2.Value);
        for (int b = 0; b < 2; b++)
        {
            Dense expected = Forward(b), actual = Dense.From(branches[b].Output.Value);
            double largest = expected.Data.Max(Math.Abs);
            for (int i = 0; i < expected.Data.Length; i++)
                actual.Data[i].ShouldBe(expected.Data[i], 1e-5 * largest);
        }

        double Loss() => Forward(0).Dot(cotangents[0]) + Forward(1).Dot(cotangents[1]);
        _stage.Check(pair.Weights1, w1, Loss);
        _stage.Check(pair.Bias1, b1, Loss);
        _stage.Check(pair.Weights2, w2, Loss);
        _stage.Check(pair.Bias2, b2, Loss);
        _stage.Check("input", Dense.From(fresh), x, Loss);
        _stage.Check("input, added", Dense.From(inputGradient).Map((i, j, g) => g - before[i, j]), x, Loss);

        GraphBranch Branch(int[]? order, ulong key)
        {
            DropoutMask? mask = dropout ? new DropoutMask(GradientStage.Spots, inputs, 0.3, key) : null;
            mask?.Fill(4, 0, GradientStage.Spots);
            Matrix narrow = _stage.Arena.Allocate(GradientStage.Spots, outputs);
            return new GraphBranch(features, hidden, _stage.Variable(outputs), narrow, mask, order, _stage.Arena);
        }

        Dense Forward(int b)
        {
            GraphBranch branch = branches[b];
            Dense source = b == 0 ? x : shuffledSource;
            Dense dropped = source.Map((i, j, _) => branch.Mask?.Keeps(i, j) == false ? 0 : source[b == 0 ? i : order[i], j] * (branch.Mask?.Scale ?? 1));
            Dense activated = (graph * dropped * w1).Map((_, j, v) => Math.Max(0, v + b1[0, j]));
            return (graph * (activated * w2)).Map((_, j, v) => v + b2[0, j]);
        }
    }

    [Fact]
    public void ForwardHidden_NotTraining_IgnoresTheDropout()
    {
        CsrMatrix graph = _stage.Graph();
        var pair = new GraphConvolutionPair("pair", graph, graph.Transpose(), 6, 16, 3, _stage.Rows, _stage.Threads, _stage.Arena);
        foreach (Parameter parameter in pair.Parameters)
            _stage.Set(parameter, 0.5);
        var mask = new DropoutMask(GradientStage.Spots, 6, 0.5, 1);
        mask.Fill(0, 0, GradientStage.Spots);
        Matrix features = _stage.Uniform(GradientStage.Spots, 6), narrow = _stage.Arena.Allocate(GradientStage.Spots, 3);
        GraphBranch with = new(features, 16, _stage.Variable(3), narrow, mask, order: null, _stage.Arena);
        GraphBranch without = new(features, 16, _stage.Variable(3), narrow, mask: null, order: null, _stage.Arena);
        _stage.Run(pair.ForwardHidden(with, training: false), pair.ForwardOutput(with), pair.ForwardHidden(without), pair.ForwardOutput(without));
        with.Output.Value.ToArray().ShouldBe(without.Output.Value.ToArray());
    }

    [Fact]
    public void BackwardInput_ShuffledBranch_IsRefused()
    {
        CsrMatrix graph = _stage.Graph();
        var pair = new GraphConvolutionPair("pair", graph, graph, 4, 4, 4, _stage.Rows, 1, _stage.Arena);
        Matrix features = _stage.Uniform(GradientStage.Spots, 4);
        var branch = new GraphBranch(features, 4, _stage.Variable(4), features, mask: null, order: [1, 0], _stage.Arena);
        Should.Throw<ArgumentException>(() => pair.BackwardInput(branch, features, features, accumulate: false));
    }

    public void Dispose() => _stage.Dispose();
}
