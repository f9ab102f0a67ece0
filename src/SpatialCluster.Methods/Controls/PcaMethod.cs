using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Controls;

/// <summary>Joint principal components of the scaled features of all modalities: what an integration must at least beat.</summary>
internal sealed class PcaMethod : IntegrationMethod
{
    public override string Name => "pca";

    public override string Title => "PCA";

    public override string Origin => "control: principal components of all modalities' scaled features";

    public override int Version => 1;

    public override IReadOnlyList<Preset> Presets { get; } =
        [ControlPreprocessing.Preset("every modality to total variance 1, side by side, 50 components", new PcaOptions())];

    // Only the decomposition beyond 600 columns starts at random, and its outcome does not hang on the start.
    public override bool UsesSeed => false;

    public override long ForecastBytes(int spots, IReadOnlyList<int> widths, MethodOptions options, int threads)
    {
        int width = widths.Sum(), components = ((PcaOptions)options).Components;

        // Features side by side, once more as a sparse matrix where they are many, blocks of the decomposition in double.
        long bytes = Matrix.BytesFor(spots, width) + Matrix.BytesFor(spots, components) + ((long)spots * width * (sizeof(float) + sizeof(int)));
        bytes += ((long)spots + width) * (components + 32) * 2 * sizeof(double);
        return bytes + (2L * int.Min(width, 600) * 600 * sizeof(double)) + ((long)threads << 20);
    }

    public override MethodResult Run(MethodInput input, MethodOptions options, ThreadTeam team, TrainingControl control)
    {
        var own = (PcaOptions)options;
        own.Validate();
        if (input.Spots < 2)
            throw new BadInputException($"A slice of {input.Spots} spots has no principal components; give it at least 2 spots.");
        control.Cancellation.ThrowIfCancellationRequested();
        using Matrix joined = ScaledConcatenation.Of(input.Features, own.Scaling);
        int components = int.Min(own.Components, int.Min(joined.Columns, joined.Rows));
        var notes = new List<string>();
        if (components < own.Components)
            notes.Add($"{joined.Rows} spots × {joined.Columns} features have {components} components, fewer than the {own.Components} of --components");

        // Its scores outlive it: they become the result's.
        PrincipalComponents found = PrincipalComponents.Of(joined, components, team, new RandomStream(0).Derive("pca"));
        return new MethodResult { Embedding = found.Scores, Notes = notes };
    }
}
