using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Intensities, normalised, logarithmic and scaled as wished, on principal components where they are many.</summary>
internal sealed class FittedMetabolite : FittedPreprocessing
{
    public const byte KindCode = 4;

    private readonly FeatureSelection _selection;
    private readonly double? _target;
    private readonly bool _log;
    private readonly FeatureScaling _scaling;
    private readonly PcaProjection? _projection;

    private FittedMetabolite(FeatureSelection selection, double? target, bool log, FeatureScaling scaling, PcaProjection? projection)
    {
        _selection = selection;
        _target = target;
        _log = log;
        _scaling = scaling;
        _projection = projection;
    }

    public override int Width => _projection?.Components ?? _selection.Kept.Length;

    public override IReadOnlyList<string> DenoisedFeatureNames => _selection.KeptNames;

    public override string DenoisedUnit =>
        (_log ? "log(1 + intensity" : "intensity") + (_target is double total ? $" per total of {total:0.######}" : string.Empty) + (_log ? ")" : string.Empty);

    internal override byte Code => KindCode;

    internal override bool Logarithmic => _log;

    public static PreprocessedModality Fit(Modality modality, MetabolitePreprocessingOptions options, ThreadTeam team, RandomStream random)
    {
        CountCheck.RequireCounts(modality);
        var notes = new PreprocessingNotes(modality.Name);
        FeatureSelection selection = FeatureSelection.ByOccurrence(modality, options.MinSpots, notes);
        CsrMatrix matrix = selection.Apply(modality);
        notes.AddEmptySpots(matrix, "their intensities are zero");
        double? target = options.TotalIonCount ? options.TargetTotal ?? MedianTotal(matrix) : null;
        Normalize(matrix, target, options.LogTransform, team);
        FeatureScaling scaling = FeatureScaling.Fit(matrix, options.Scale, options.Clip);
        scaling.Clip(matrix, team);
        PcaProjection? projection = null;
        if (options.Components is int wanted && matrix.Columns > wanted)
        {
            double[]? factors = options.Scale ? [.. scaling.Deviations.Select(value => 1 / value)] : null;
            projection = PcaProjection.Fit(modality.Name, matrix, factors, options, notes, team, random);
        }
        else if (options.Components is not null)
        {
            notes.Add($"{matrix.Columns} features are no more than the {options.Components} components wanted, and are used without PCA");
        }

        var fitted = new FittedMetabolite(selection, target, options.LogTransform, scaling, projection) { ModalityName = modality.Name };
        return fitted.Result(fitted.Features(matrix, team), notes);
    }

    public static FittedMetabolite Load(string name, StoredReader reader)
    {
        FeatureSelection selection = FeatureSelection.Load(reader);
        double? target = reader.ReadBoolean() ? reader.ReadDouble() : null;
        bool log = reader.ReadBoolean();
        FeatureScaling scaling = FeatureScaling.Load(reader, selection.Kept.Length);
        PcaProjection? projection = reader.ReadBoolean() ? PcaProjection.Load(reader, selection.Kept.Length) : null;
        return new FittedMetabolite(selection, target, log, scaling, projection) { ModalityName = name };
    }

    public override PreprocessedModality Transform(Modality modality, ThreadTeam team)
    {
        CountCheck.RequireCounts(modality);
        var notes = new PreprocessingNotes(modality.Name);
        CsrMatrix matrix = _selection.Apply(modality);
        notes.AddEmptySpots(matrix, "their intensities are zero");
        Normalize(matrix, _target, _log, team);
        _scaling.Clip(matrix, team);
        return Result(Features(matrix, team), notes);
    }

    internal override void SaveParameters(BinaryWriter writer)
    {
        _selection.Save(writer);
        writer.Write(_target is not null);
        if (_target is double total)
            writer.Write(total);
        writer.Write(_log);
        _scaling.Save(writer);
        writer.Write(_projection is not null);
        _projection?.Save(writer);
    }

    internal override void DenoiseRow(ReadOnlySpan<float> features, SpotScale scale, Span<double> values)
    {
        if (_projection is not null)
        {
            _projection.BackProject(features, values);
            for (int j = 0; j < values.Length; j++)
                values[j] += _scaling.Floors[j];
            return;
        }

        for (int j = 0; j < values.Length; j++)
            values[j] = (features[j] * _scaling.Deviations[j]) + _scaling.Means[j];
    }

    private static void Normalize(CsrMatrix matrix, double? target, bool log, ThreadTeam team)
    {
        if (target is double total)
            SpotNormalization.ToTotal(matrix, total, team);
        if (log)
            SpotNormalization.Log(matrix, team);
    }

    private static double MedianTotal(CsrMatrix matrix)
    {
        double[] totals = [.. Enumerable.Range(0, matrix.Rows).Select(row => SparseRows.Sum(matrix.RowValues(row))).Where(total => total > 0).Order()];
        return (totals[(totals.Length - 1) / 2] + totals[totals.Length / 2]) / 2;
    }

    private Matrix Features(CsrMatrix clipped, ThreadTeam team)
    {
        if (_projection is not null)
            return _projection.Project(clipped, team);
        Matrix dense = SparseRows.ToDense(clipped, team);
        SparseRows.ForEach(dense.Rows, team, row =>
        {
            Span<float> values = dense.Row(row);
            for (int j = 0; j < values.Length; j++)
                values[j] = (float)((values[j] + _scaling.Floors[j] - _scaling.Means[j]) / _scaling.Deviations[j]);
        });
        return dense;
    }
}
