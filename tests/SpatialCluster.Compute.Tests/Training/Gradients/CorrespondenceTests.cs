using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Training.Gradients;

/// <summary>Round trips of latents through other modalities, against the formula without its short cuts.</summary>
public sealed class CorrespondenceTests : IDisposable
{
    private readonly GradientStage _stage = new();

    [Theory]
    [InlineData(20, 33, 7)]
    [InlineData(64, 50, 100)]
    [InlineData(5, 16, 9, 70)]
    public void Forward_AllPairs_GivesValueAndGradients(int width, params int[] features)
    {
        CsrMatrix graph = _stage.Graph(), transposed = graph.Transpose();
        int modalities = features.Length;
        Variable[] latents = [.. features.Select(_ => _stage.Variable(width))];
        Matrix[] once = [.. features.Select(_ => _stage.Arena.Allocate(GradientStage.Spots, width))];
        Matrix[] twice = [.. features.Select(_ => _stage.Uniform(GradientStage.Spots, width))];
        LossTerm[] terms = [.. features.Select((_, m) => new LossTerm($"term {m}", 1.7 + m, _stage.Rows))];
        Parameter[] decoders = [.. features.Select((f, m) => Weights($"decoder {m}", width, f))];
        Parameter[] encoders = [.. features.Select((f, m) => Weights($"encoder {m}", f, width))];
        RoundTrip[] trips = [.. features.Select((_, m) => new RoundTrip(decoders[m], encoders[m], _stage.Rows, _stage.Arena))];
        var loss = new CorrespondenceLoss(graph, latents, once, twice, trips, terms, _stage.Rows, _stage.Threads, _stage.Arena);

        // Twice: sums of an epoch may not leak into the next.
        for (int epoch = 0; epoch < 2; epoch++)
        {
            foreach (RoundTrip trip in trips)
                trip.Refresh();
            for (int m = 0; m < modalities; m++)
                _stage.Run(Propagation.Of(graph, latents[m].Value, once[m]));
            _stage.Run(loss.Forward());
            for (int m = 0; m < modalities; m++)
            {
                _stage.Run(Propagation.Of(transposed, twice[m], once[m]));
                _stage.Run(Propagation.Of(transposed, once[m], latents[m].Gradient, accumulate: true));
            }
        }

        Dense[] z = [.. latents.Select(v => Dense.From(v.Value))];
        Dense[] v = [.. decoders.Select(p => Dense.From(p.Value))], w = [.. encoders.Select(p => Dense.From(p.Value))];
        for (int m = 0; m < modalities; m++)
        {
            terms[m].Value.ShouldBe(Term(m), 1e-5 * Term(m));
            decoders[m].ReduceGradient();
            encoders[m].ReduceGradient();
            trips[m].Distribute();
            _stage.Check($"latent {m}", Dense.From(latents[m].Gradient), z[m], Loss);
            _stage.Check($"decoder {m}", Dense.From(decoders[m].Gradient), v[m], Loss);
            _stage.Check($"encoder {m}", Dense.From(encoders[m].Gradient), w[m], Loss);
        }

        double Loss() => Enumerable.Range(0, modalities).Sum(m => terms[m].Factor * Term(m));

        double Term(int m)
        {
            double sum = 0;
            foreach (int other in Enumerable.Range(0, modalities).Where(o => o != m))
            {
                Dense difference = (graph * ((graph * (z[m] * v[other])) * w[other])).Map((i, j, x) => x - z[m][i, j]);
                sum += difference.Dot(difference) / difference.Data.Length;
            }

            return sum / (modalities - 1);
        }

        Parameter Weights(string name, int rows, int columns)
        {
            var parameter = new Parameter(name, rows, columns, _stage.Rows, _stage.Arena);
            _stage.Set(parameter, 0.5);
            return parameter;
        }
    }

    public void Dispose() => _stage.Dispose();
}
