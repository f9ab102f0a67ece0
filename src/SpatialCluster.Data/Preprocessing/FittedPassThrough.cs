using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>The given columns, dense.</summary>
internal sealed class FittedPassThrough : FittedPreprocessing
{
    public const byte KindCode = 5;

    private readonly FeatureSelection _selection;

    private FittedPassThrough(FeatureSelection selection) => _selection = selection;

    public override int Width => _selection.Kept.Length;

    public override IReadOnlyList<string> DenoisedFeatureNames => _selection.KeptNames;

    public override string DenoisedUnit => "as given";

    internal override byte Code => KindCode;

    internal override bool Logarithmic => false;

    public static PreprocessedModality Fit(Modality modality, ThreadTeam team)
    {
        CountCheck.RequireFinite(modality);
        var fitted = new FittedPassThrough(FeatureSelection.All(modality)) { ModalityName = modality.Name };
        return fitted.Transform(modality, team);
    }

    public static FittedPassThrough Load(string name, StoredReader reader) => new(FeatureSelection.Load(reader)) { ModalityName = name };

    public override PreprocessedModality Transform(Modality modality, ThreadTeam team)
    {
        CountCheck.RequireFinite(modality);
        return Result(SparseRows.ToDense(_selection.Apply(modality), team), new PreprocessingNotes(modality.Name));
    }

    internal override void SaveParameters(BinaryWriter writer) => _selection.Save(writer);

    internal override void DenoiseRow(ReadOnlySpan<float> features, SpotScale scale, Span<double> values)
    {
        for (int j = 0; j < values.Length; j++)
            values[j] = features[j];
    }
}
