using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Training.Gradients;

public sealed class LossTests : IDisposable
{
    private const double Factor = 1.7;

    private readonly GradientStage _stage = new();

    [Theory]
    [InlineData(2, 64)]
    [InlineData(3, 20)]
    public void Cosine_AllPairs_GivesValueAndGradients(int modalities, int width)
    {
        Variable[] embeddings = [.. Enumerable.Range(0, modalities).Select(_ => _stage.Variable(width))];
        foreach (Variable embedding in embeddings)
            embedding.Gradient.Clear();
        Dense[] z = [.. embeddings.Select(e => Dense.From(e.Value))];
        var term = new LossTerm("cosine", Factor, _stage.Rows) { Offset = 1 };
        _stage.Run(new CosineLoss(embeddings, term).Forward());
        term.Value.ShouldBe(Loss() / Factor, 1e-6);
        for (int m = 0; m < modalities; m++)
            _stage.Check($"embedding {m}", Dense.From(embeddings[m].Gradient), z[m], Loss);

        double Loss()
        {
            double sum = 0;
            for (int i = 0; i < GradientStage.Spots; i++)
            {
                for (int a = 0; a < modalities; a++)
                {
                    for (int b = a + 1; b < modalities; b++)
                        sum += z[a].RowDot(i, z[b], i) / Math.Sqrt(z[a].RowDot(i, z[a], i) * z[b].RowDot(i, z[b], i));
                }
            }

            return Factor * (1 - (sum / GradientStage.Spots / (modalities * (modalities - 1) / 2)));
        }
    }

    [Fact]
    public void Cosine_EmbeddingOfZeros_CountsAsUnrelatedAndStaysFinite()
    {
        Variable[] embeddings = [_stage.Variable(8), _stage.Variable(8)];
        embeddings[0].Value.Clear();
        embeddings[1].Gradient.Clear();
        var term = new LossTerm("cosine", Factor, _stage.Rows) { Offset = 1 };
        _stage.Run(new CosineLoss(embeddings, term).Forward());
        term.Value.ShouldBe(1);
        embeddings[0].Gradient.ToArray().ShouldAllBe(g => float.IsFinite(g));
        embeddings[1].Gradient.ToArray().ShouldAllBe(g => g == 0);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(64)]
    public void Contrastive_BothPasses_GivesValueAndGradients(int width)
    {
        CsrMatrix readout = _stage.Graph();
        Variable own = _stage.Variable(width), shuffled = _stage.Variable(width);
        var term = new LossTerm("contrastive", Factor, _stage.Rows);
        Matrix[] room = [_stage.Uniform(GradientStage.Spots, width), _stage.Uniform(GradientStage.Spots, width)];
        var loss = new ContrastiveLoss("c", readout, readout.Transpose(), own, shuffled, room, term, _stage.Rows, _stage.Threads, _stage.Arena);
        _stage.Set(loss.Weights, 0.5);
        _stage.Set(loss.Bias, 0.5);
        _stage.Run(loss.Forward(), loss.Backward());

        Dense[] z = [Dense.From(own.Value), Dense.From(shuffled.Value)];
        Dense w = Dense.From(loss.Weights.Value), b = Dense.From(loss.Bias.Value);
        term.Value.ShouldBe(Loss() / Factor, 2e-6);
        _stage.Check(loss.Weights, w, Loss);
        _stage.Check(loss.Bias, b, Loss);
        _stage.Check("own", Dense.From(own.Gradient), z[0], Loss);
        _stage.Check("shuffled", Dense.From(shuffled.Gradient), z[1], Loss);

        // Binary cross-entropy with logits, averaged over the 2 · spots logits of each pass.
        double Loss()
        {
            double sum = 0;
            for (int pass = 0; pass < 2; pass++)
            {
                Dense mean = readout * z[pass];
                Dense summary = mean.Map((i, _, v) => 1 / (1 + Math.Exp(-v / Math.Sqrt(mean.RowDot(i, mean, i)))));
                Dense left = z[pass] * w, right = z[1 - pass] * w;
                for (int i = 0; i < GradientStage.Spots; i++)
                {
                    double positive = left.RowDot(i, summary, i) + b[0, 0], negative = right.RowDot(i, summary, i) + b[0, 0];
                    sum += Math.Log(1 + Math.Exp(-positive)) + Math.Log(1 + Math.Exp(negative));
                }
            }

            return Factor * sum / (2 * GradientStage.Spots);
        }
    }

    [Fact]
    public void Contrastive_NotANumberInAnEmbedding_ShowsInTheLoss()
    {
        CsrMatrix readout = _stage.Graph();
        Variable own = _stage.Variable(8), shuffled = _stage.Variable(8);
        own.Value[5, 3] = float.NaN;
        var term = new LossTerm("contrastive", 1, _stage.Rows);
        Matrix[] room = [_stage.Uniform(GradientStage.Spots, 8), _stage.Uniform(GradientStage.Spots, 8)];
        var loss = new ContrastiveLoss("c", readout, readout.Transpose(), own, shuffled, room, term, _stage.Rows, _stage.Threads, _stage.Arena);
        _stage.Set(loss.Weights, 0.5);
        _stage.Run(loss.Forward());
        term.Value.ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(50)]
    public void Reconstruction_AllElements_GivesValueAndGradient(int features)
    {
        Matrix target = _stage.Uniform(GradientStage.Spots, features);
        Variable reconstruction = _stage.Variable(features);
        var term = new LossTerm("reconstruction", Factor, _stage.Rows);
        _stage.Run(new ReconstructionLoss(target, reconstruction, term).Forward());
        Dense x = Dense.From(target), y = Dense.From(reconstruction.Value);
        term.Value.ShouldBe(Loss() / Factor, 1e-6);
        _stage.Check("reconstruction", Dense.From(reconstruction.Gradient), y, Loss);

        double Loss()
        {
            Dense difference = y.Map((i, j, v) => v - x[i, j]);
            return Factor * difference.Dot(difference) / x.Data.Length;
        }
    }

    public void Dispose() => _stage.Dispose();
}
