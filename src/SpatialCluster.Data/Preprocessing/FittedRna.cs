using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Log-normalised genes, on principal components where wished.</summary>
internal sealed class FittedRna : FittedPreprocessing
{
    public const byte KindCode = 1, UnreducedKindCode = 6;

    private readonly FeatureSelection _selection;
    private readonly int[] _variable;
    private readonly double _target;
    private readonly PcaProjection? _projection;

    private FittedRna(FeatureSelection selection, int[] variable, double target, PcaProjection? projection)
    {
        _selection = selection;
        _variable = variable;
        _target = target;
        _projection = projection;
        DenoisedFeatureNames = [.. variable.Select(at => selection.KeptNames[at])];
    }

    public override int Width => _projection?.Components ?? _variable.Length;

    public override IReadOnlyList<string> DenoisedFeatureNames { get; }

    public override string DenoisedUnit => $"log(1 + counts per {_target:0.######})";

    internal override byte Code => _projection is null ? UnreducedKindCode : KindCode;

    internal PcaProjection Projection => _projection ?? throw new InvalidOperationException("These genes were not reduced.");

    public static PreprocessedModality Fit(Modality modality, RnaPreprocessingOptions options, ThreadTeam team, RandomStream random)
    {
        if (options.Components is not null)
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

        PcaProjection? projection = options.Components is null
            ? null
            : PcaProjection.Fit(modality.Name, normalized, null, options, notes, team, random);
        var fitted = new FittedRna(selection, variable, options.TargetTotal, projection) { ModalityName = modality.Name };
        return fitted.Result(fitted.Features(normalized, team), notes);
    }

    public static FittedRna Load(string name, StoredReader reader, bool reduced)
    {
        FeatureSelection selection = FeatureSelection.Load(reader);
        int[] variable = reader.ReadPositions(selection.Kept.Length);
        double target = reader.ReadDouble();
        PcaProjection? projection = reduced ? PcaProjection.Load(reader, variable.Length) : null;
        return new FittedRna(selection, variable, target, projection) { ModalityName = name };
    }

    public override PreprocessedModality Transform(Modality modality, ThreadTeam team)
    {
        CountCheck.RequireCounts(modality);
        var notes = new PreprocessingNotes(modality.Name);
        CsrMatrix normalized = Normalize(_selection, _target, modality, notes, team);
        if (_variable.Length < normalized.Columns)
            normalized = SparseColumns.Select(normalized, _variable);
        return Result(Features(normalized, team), notes);
    }

    internal override void SaveParameters(BinaryWriter writer)
    {
        _selection.Save(writer);
        writer.WriteIntegers(_variable);
        writer.Write(_target);
        _projection?.Save(writer);
    }

    internal override void DenoiseRow(ReadOnlySpan<float> features, SpotScale scale, Span<double> values)
    {
        if (_projection is not null)
        {
            _projection.BackProject(features, values);
            return;
        }

        for (int j = 0; j < values.Length; j++)
            values[j] = features[j];
    }

    private static CsrMatrix Normalize(FeatureSelection selection, double target, Modality modality, PreprocessingNotes notes, ThreadTeam team)
    {
        CsrMatrix selected = selection.Apply(modality);
        notes.AddEmptySpots(selected, "their normalised rows are zero");
        SpotNormalization.LogNormalize(selected, target, team);
        return selected;
    }

    private Matrix Features(CsrMatrix normalized, ThreadTeam team) =>
        _projection?.Project(normalized, team) ?? SparseRows.ToDense(normalized, team);
}
