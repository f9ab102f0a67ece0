using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Centred log-ratios, on principal components where wished.</summary>
internal sealed class FittedProtein : FittedPreprocessing
{
    public const byte KindCode = 2;

    private readonly FeatureSelection _selection;
    private readonly int _panel;
    private readonly PcaProjection? _projection;

    private FittedProtein(FeatureSelection selection, int panel, PcaProjection? projection)
    {
        _selection = selection;
        _panel = panel;
        _projection = projection;
    }

    public override int Width => _projection?.Components ?? _selection.Kept.Length;

    public override IReadOnlyList<string> DenoisedFeatureNames => _selection.KeptNames;

    public override string DenoisedUnit => "log(1 + count / the spot's geometric mean of 1 + count)";

    internal override byte Code => KindCode;

    public static PreprocessedModality Fit(Modality modality, ProteinPreprocessingOptions options, ThreadTeam team, RandomStream random)
    {
        CountCheck.RequireCounts(modality);
        var notes = new PreprocessingNotes(modality.Name);
        FeatureSelection selection = FeatureSelection.ByOccurrence(modality, options.MinSpots ?? 1, notes);
        // Without a filter the originals take the mean over the whole panel, silent proteins included.
        int panel = options.MinSpots is > 0 ? selection.Kept.Length : modality.FeatureNames.Count;
        CsrMatrix ratios = Ratios(selection, panel, modality, notes, team);
        PcaProjection? projection = options.Components is null
            ? null
            : PcaProjection.Fit(modality.Name, ratios, null, options, notes, team, random);
        var fitted = new FittedProtein(selection, panel, projection) { ModalityName = modality.Name };
        return fitted.Result(fitted.Features(ratios, team), notes);
    }

    public static FittedProtein Load(string name, StoredReader reader)
    {
        FeatureSelection selection = FeatureSelection.Load(reader);
        int panel = reader.ReadInt32();
        if (panel < selection.Kept.Length)
            throw StoredReader.Damaged("its parts differ in size");
        PcaProjection? projection = reader.ReadBoolean() ? PcaProjection.Load(reader, selection.Kept.Length) : null;
        return new FittedProtein(selection, panel, projection) { ModalityName = name };
    }

    public override PreprocessedModality Transform(Modality modality, ThreadTeam team)
    {
        CountCheck.RequireCounts(modality);
        var notes = new PreprocessingNotes(modality.Name);
        return Result(Features(Ratios(_selection, _panel, modality, notes, team), team), notes);
    }

    internal override void SaveParameters(BinaryWriter writer)
    {
        _selection.Save(writer);
        writer.Write(_panel);
        writer.Write(_projection is not null);
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

    private static CsrMatrix Ratios(FeatureSelection selection, int panel, Modality modality, PreprocessingNotes notes, ThreadTeam team)
    {
        CsrMatrix selected = selection.Apply(modality);
        notes.AddEmptySpots(selected, "their log-ratios are zero");
        SpotNormalization.CenterLogRatio(selected, panel, team);
        return selected;
    }

    private Matrix Features(CsrMatrix ratios, ThreadTeam team) =>
        _projection?.Project(ratios, team) ?? SparseRows.ToDense(ratios, team);
}
