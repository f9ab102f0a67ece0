using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Controls;

/// <summary>A Gaussian embedding that knows nothing of the slice: what chance scores.</summary>
internal sealed class RandomMethod : IntegrationMethod
{
    public override string Name => "random";

    public override string Title => "Random";

    public override string Origin => "control: an embedding drawn at random";

    public override int Version => 1;

    public override IReadOnlyList<Preset> Presets { get; } = [ControlPreprocessing.Preset("20 standard normal numbers per spot", new RandomOptions())];

    public override long ForecastBytes(int spots, IReadOnlyList<int> widths, MethodOptions options, int threads) =>
        Matrix.BytesFor(spots, ((RandomOptions)options).EmbeddingWidth);

    public override MethodResult Run(MethodInput input, MethodOptions options, ThreadTeam team, TrainingControl control)
    {
        var own = (RandomOptions)options;
        own.Validate();
        var embedding = new Matrix(input.Spots, own.EmbeddingWidth);
        RandomStream random = new RandomStream(input.Seed).Derive("random/embedding");
        for (int spot = 0; spot < embedding.Rows; spot++)
        {
            foreach (ref float value in embedding.Row(spot))
                value = (float)random.NextGaussian();
        }

        return new MethodResult { Embedding = embedding };
    }
}
