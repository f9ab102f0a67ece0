using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Controls;

/// <summary>
/// The true domains as an embedding, one coordinate per domain: what evaluation and clustering score at best. Spots whose domain
/// is not known lie at the origin.
/// </summary>
internal sealed class TruthMethod : IntegrationMethod
{
    // Every spot gets the same jitter in every run.
    private const ulong JitterKey = 0x7472757468;

    public override string Name => "truth";

    public override string Title => "Truth";

    public override string Origin => "control: the known domains themselves";

    public override int Version => 1;

    public override IReadOnlyList<Preset> Presets { get; } =
        [ControlPreprocessing.Preset("one coordinate per known domain, with a jitter of 0.001", new TruthOptions())];

    public override bool SeesTruth => true;

    public override bool UsesSeed => false;

    // How many domains there are is not known here; thousands would be absurd.
    public override long ForecastBytes(int spots, IReadOnlyList<int> widths, MethodOptions options, int threads) => Matrix.BytesFor(spots, 256);

    public override MethodResult Run(MethodInput input, MethodOptions options, ThreadTeam team, TrainingControl control)
    {
        var own = (TruthOptions)options;
        own.Validate();
        IReadOnlyList<int> truth = input.Truth
            ?? throw new BadInputException("The method truth needs the known domains of the slice; name them with --truth, or take another method.");
        if (truth.Count != input.Spots)
            throw new BadInputException($"The known domains are those of {truth.Count} spots and the slice has {input.Spots}; give one label per spot.");
        int domains = truth.Count == 0 ? 0 : truth.Max() + 1;
        if (domains < 1)
            throw new BadInputException("The domain of no spot is known, so that the method truth has nothing to go by; check the column that --truth names.");
        var embedding = new Matrix(input.Spots, domains);
        RandomStream random = new RandomStream(JitterKey).Derive("truth/jitter");
        for (int spot = 0; spot < embedding.Rows; spot++)
        {
            Span<float> row = embedding.Row(spot);
            for (int domain = 0; domain < domains; domain++)
                row[domain] = (float)((truth[spot] == domain ? 1 : 0) + (own.Jitter * random.NextGaussian()));
        }

        int unknown = truth.Count(label => label < 0);
        return new MethodResult
        {
            Embedding = embedding,
            Notes = unknown == 0 ? [] : [$"the domain of {unknown} spots is not known; they lie together at the origin"],
        };
    }
}
