using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Log-normalised genes on principal components.</summary>
internal sealed class FittedRna : FittedPreprocessing
{
    public const byte KindCode = 1;

    private readonly FeatureSelection _selection;
    private readonly int[] _variable;
    private readonly double _target;
    private readonly PcaProjection _projection;

    private FittedRna(FeatureSelection selection, int[] variable, double target, PcaProjection projection)
    {
        _selection = selection;
        _variable = variable;
        _target = target;
        _projection = projection;
        DenoisedFeatureNames = [.. variable.Select(at => selection.KeptNames[at])];
    }

    public override int Width => _projection.Components;

    public override IReadOnlyList<string> DenoisedFeatureNames { get; }

    public override string DenoisedUnit => $"log(1 + counts per {_target:0.######})";

    internal override byte Code => KindCode;

    internal PcaProjection Projection => _projection;

    public static PreprocessedModality Fit(Modality modality, RnaPreprocessingOptions options, ThreadTeam team, RandomStream random)
    {
        _ = Rank.RequireComponents(modality.Name, options);
        CountCheck.RequireCounts(modality);
        var notes = new PreprocessingNotes(modality.Name);
        FeatureSelection selection = FeatureSelection.ByOccurrence(modality, options.MinSpots, notes);
        CsrMatrix normalized = Normalize(selection, options.TargetTotal, modality, notes, team);
        int[] variable = [.. Enumerable.Range(0, normalized.Columns)];
        if (options.HighlyVariableGenes is int count && count < normalized.Columns)
        {
            variable = HighlyVariableGenes.Of(normalized, count, team).Selected;
            normalized = SparseColumns.Select(normalized, variable);
        }

        PcaProjection projection = PcaProjection.Fit(modality.Name, normalized, null, options, notes, team, random);
        var fitted = new FittedRna(selection, variable, options.TargetTotal, projection) { ModalityName = modality.Name };
        return fitted.Result(projection.Project(normalized, team), notes);
    }

    public static FittedRna Load(string name, StoredReader reader)
    {
        FeatureSelection selection = FeatureSelection.Load(reader);
        int[] variable = reader.ReadPositions(selection.Kept.Length);
        double target = reader.ReadDouble();
        return new FittedRna(selection, variable, target, PcaProjection.Load(reader, variable.Length)) { ModalityName = name };
    }

    public override PreprocessedModality Transform(Modality modality, ThreadTeam team)
    {
        CountCheck.RequireCounts(modality);
        var notes = new PreprocessingNotes(modality.Name);
        CsrMatrix normalized = Normalize(_selection, _target, modality, notes, team);
        if (_variable.Length < normalized.Columns)
            normalized = SparseColumns.Select(normalized, _variable);
        return Result(_projection.Project(normalized, team), notes);
    }

    internal override void SaveParameters(BinaryWriter writer)
    {
        _selection.Save(writer);
        writer.WriteIntegers(_variable);
        writer.Write(_target);
        _projection.Save(writer);
    }

    internal override void DenoiseRow(ReadOnlySpan<float> features, SpotScale scale, Span<double> values) =>
        _projection.BackProject(features, values);

    private static CsrMatrix Normalize(FeatureSelection selection, double target, Modality modality, PreprocessingNotes notes, ThreadTeam team)
    {
        CsrMatrix selected = selection.Apply(modality);
        notes.AddEmptySpots(selected, "their normalised rows are zero");
        SpotNormalization.LogNormalize(selected, target, team);
        return selected;
    }
}
