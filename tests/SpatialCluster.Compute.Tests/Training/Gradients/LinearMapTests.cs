using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Training.Gradients;

/// <summary>A linear map spread over a graph: Y = G (X W).</summary>
public sealed class LinearMapTests : IDisposable
{
    private readonly GradientStage _stage = new();

    [Theory]
    [InlineData(20, 64)]
    [InlineData(70, 5)]
    public void Backward_ThroughAGraph_GivesTheGradients(int inputs, int outputs)
    {
        CsrMatrix graph = _stage.Graph();
        Variable x = _stage.Variable(inputs), narrow = _stage.Variable(outputs), y = _stage.Variable(outputs);
        var map = new LinearMap("map", inputs, outputs, _stage.Rows, _stage.Arena);
        _stage.Set(map.Weights, 0.5);
        Matrix added = _stage.Uniform(GradientStage.Spots, inputs), spread = _stage.Uniform(GradientStage.Spots, outputs);
        Dense before = Dense.From(added), spreadBefore = Dense.From(spread);
        _stage.Run(
            map.Forward(x.Value, narrow.Value),
            Propagation.Of(graph, narrow.Value, y.Value),
            Propagation.Of(graph, narrow.Value, spread, accumulate: true),
            Propagation.Of(graph.Transpose(), y.Gradient, narrow.Gradient),
            map.BackwardWeights(x.Value, narrow.Gradient),
            map.BackwardInput(narrow.Gradient, x.Gradient, accumulate: false),
            map.BackwardInput(narrow.Gradient, added, accumulate: true));

        Dense input = Dense.From(x.Value), weights = Dense.From(map.Weights.Value), cotangent = Dense.From(y.Gradient);
        Dense expected = graph * (input * weights);
        double largest = expected.Data.Max(Math.Abs);
        for (int i = 0; i < GradientStage.Spots; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                ((double)y.Value[i, j]).ShouldBe(expected[i, j], 1e-5 * largest);
                ((double)spread[i, j]).ShouldBe(expected[i, j] + spreadBefore[i, j], 1e-5 * largest);
            }
        }

        double Loss() => (graph * (input * weights)).Dot(cotangent);
        _stage.Check(map.Weights, weights, Loss);
        _stage.Check("input", Dense.From(x.Gradient), input, Loss);
        _stage.Check("input, added", Dense.From(added).Map((i, j, g) => g - before[i, j]), input, Loss);
    }

    public void Dispose() => _stage.Dispose();
}
