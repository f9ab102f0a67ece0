using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Training.Gradients;

/// <summary>Attention over modalities, and concatenation.</summary>
public sealed class FusionTests : IDisposable
{
    private readonly GradientStage _stage = new();

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 64)]
    [InlineData(3, 20)]
    [InlineData(17, 5)]
    public void Attention_Backward_GivesTheGradients(int modalities, int width)
    {
        Variable[] embeddings = [.. Enumerable.Range(0, modalities).Select(_ => _stage.Variable(width))];
        Dense[] before = [.. embeddings.Select(e => Dense.From(e.Gradient))], z = [.. embeddings.Select(e => Dense.From(e.Value))];
        Variable fused = _stage.Variable(width);
        var attention = new ModalityAttention(embeddings, fused, _stage.Rows, _stage.Threads, _stage.Arena);
        _stage.Set(attention.Weights, 0.6);
        _stage.Set(attention.Query, 1);
        Dense cotangent = Dense.From(fused.Gradient);
        _stage.Run(attention.Forward(), attention.Backward());

        Dense w = Dense.From(attention.Weights.Value), u = Dense.From(attention.Query.Value);
        (Dense expected, Dense alpha) = Forward();
        for (int i = 0; i < GradientStage.Spots; i++)
        {
            for (int j = 0; j < width; j++)
                ((double)fused.Value[i, j]).ShouldBe(expected[i, j], 1e-5);
            for (int m = 0; m < modalities; m++)
                ((double)attention.Alpha[i, m]).ShouldBe(alpha[i, m], 1e-5);
        }

        double Loss() => Forward().Fused.Dot(cotangent);
        for (int m = 0; m < modalities; m++)
            _stage.Check($"embedding {m}", Dense.From(embeddings[m].Gradient).Map((i, j, g) => g - before[m][i, j]), z[m], Loss);
        if (modalities > 1)
        {
            _stage.Check(attention.Weights, w, Loss);
            _stage.Check(attention.Query, u, Loss);
            return;
        }

        // One modality has the weight 1 whatever its score.
        foreach (Parameter parameter in new[] { attention.Weights, attention.Query })
        {
            parameter.ReduceGradient();
            parameter.Gradient.ToArray().ShouldAllBe(g => Math.Abs(g) < 1e-5);
        }

        (Dense Fused, Dense Alpha) Forward()
        {
            Dense[] scores = [.. z.Select(m => m * w)];
            Dense sum = new(GradientStage.Spots, width), weights = new(GradientStage.Spots, modalities);
            for (int i = 0; i < GradientStage.Spots; i++)
            {
                double total = 0;
                for (int m = 0; m < modalities; m++)
                {
                    double score = 0;
                    for (int j = 0; j < width; j++)
                        score += Math.Tanh(scores[m][i, j]) * u[0, j];
                    total += weights[i, m] = Math.Exp(score);
                }

                for (int m = 0; m < modalities; m++)
                {
                    weights[i, m] /= total;
                    for (int j = 0; j < width; j++)
                        sum[i, j] += weights[i, m] * z[m][i, j];
                }
            }

            return (sum, weights);
        }
    }

    [Fact]
    public void Concatenation_ThereAndBack_PutsEverythingInItsPlace()
    {
        Variable[] embeddings = [_stage.Variable(7), _stage.Variable(20)];
        Dense[] before = [.. embeddings.Select(e => Dense.From(e.Gradient))];
        Variable fused = _stage.Variable(27);
        var concatenation = new Concatenation(embeddings, fused);
        _stage.Run(concatenation.Forward(), concatenation.Backward());
        for (int i = 0; i < GradientStage.Spots; i++)
        {
            for (int j = 0; j < 27; j++)
            {
                (int m, int column) = j < 7 ? (0, j) : (1, j - 7);
                fused.Value[i, j].ShouldBe(embeddings[m].Value[i, column]);
                embeddings[m].Gradient[i, column].ShouldBe((float)before[m][i, column] + fused.Gradient[i, j]);
            }
        }
    }

    public void Dispose() => _stage.Dispose();
}
