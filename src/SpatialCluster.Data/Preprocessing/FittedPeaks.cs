using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// Latent semantic indexing of peaks: U of the log-TF-IDF matrix, not centred, each row standardised over all its components
/// (divisor components), then without the first, which follows the depth. The signs of U's columns change the
/// standardisation: they are those of <see cref="TruncatedSvd"/>, as in the originals. U is made as X V / s, for the fitted
/// spots as for new ones.
/// <para>Back: the standardisation is undone with the spot's own mean and deviation, the spot's own first component is put
/// back, and U S Vᵀ gives the log-TF-IDF values, of rank components + 1. A method's reconstruction thus keeps the depth that
/// the spot was measured with.</para>
/// </summary>
internal sealed class FittedPeaks : FittedPreprocessing
{
    public const byte KindCode = 3;

    private readonly FeatureSelection _selection;
    private readonly double[] _inverseFrequency;
    private readonly double _target;
    private readonly double[] _singularValues;
    private readonly ThinBlock _loadings;

    private FittedPeaks(FeatureSelection selection, double[] inverseFrequency, double target, double[] singularValues, ThinBlock loadings)
    {
        _selection = selection;
        _inverseFrequency = inverseFrequency;
        _target = target;
        _singularValues = singularValues;
        _loadings = loadings;
    }

    public override int Width => _singularValues.Length - 1;

    public override IReadOnlyList<string> DenoisedFeatureNames => _selection.KeptNames;

    public override string DenoisedUnit => $"log(1 + {_target:0.######} × share of the spot's TF-IDF)";

    internal override byte Code => KindCode;

    internal double[] SingularValues => _singularValues;

    public static PreprocessedModality Fit(Modality modality, AtacPreprocessingOptions options, ThreadTeam team, RandomStream random)
    {
        int wanted = Rank.RequireComponents(modality.Name, options);
        CountCheck.RequireCounts(modality);
        var notes = new PreprocessingNotes(modality.Name);
        int minSpots = (int)Math.Ceiling(options.MinSpotFraction * modality.Counts.Rows);
        FeatureSelection selection = FeatureSelection.ByOccurrence(modality, minSpots, notes);
        int components = options.FewerComponents ? int.Clamp(selection.Kept.Length - 1, 1, wanted) : wanted;
        Rank.RequireFeatures(modality.Name, selection.Kept.Length, components + 1, components);
        CsrMatrix matrix = selection.Apply(modality);
        notes.AddEmptySpots(matrix, "their LSI rows are zero");
        double[] inverseFrequency = [.. SparseColumns.PositiveRows(matrix).Select(count => (double)matrix.Rows / count)];
        SpotNormalization.LogTfIdf(matrix, inverseFrequency, options.TargetTotal, team);
        TruncatedSvd svd = TruncatedSvd.Of(new SparseOperator(matrix), components + 1, null, team, random);
        if (options.FewerComponents)
            components = int.Clamp(svd.Rank - 1, 1, components);
        Rank.Require(modality.Name, matrix, svd.Rank, components + 1, components);
        Rank.NoteFewer(notes, components, wanted);
        var fitted = new FittedPeaks(selection, inverseFrequency, options.TargetTotal, svd.SingularValues, StoredBlock.RoundedToFloat(svd.RightVectors))
        {
            ModalityName = modality.Name,
        };
        return fitted.Index(matrix, notes, team);
    }

    public static FittedPeaks Load(string name, StoredReader reader)
    {
        FeatureSelection selection = FeatureSelection.Load(reader);
        double[] inverseFrequency = reader.ReadDoubles(selection.Kept.Length);
        double target = reader.ReadDouble();
        double[] singularValues = reader.ReadComponentValues();
        if (singularValues.Length < 2 || singularValues.Any(value => value <= 0))
            throw StoredReader.Damaged("its singular values make no sense");
        ThinBlock loadings = StoredBlock.Load(reader, selection.Kept.Length, singularValues.Length);
        return new FittedPeaks(selection, inverseFrequency, target, singularValues, loadings) { ModalityName = name };
    }

    public override PreprocessedModality Transform(Modality modality, ThreadTeam team)
    {
        CountCheck.RequireCounts(modality);
        var notes = new PreprocessingNotes(modality.Name);
        CsrMatrix matrix = _selection.Apply(modality);
        notes.AddEmptySpots(matrix, "their LSI rows are zero");
        SpotNormalization.LogTfIdf(matrix, _inverseFrequency, _target, team);
        return Index(matrix, notes, team);
    }

    internal override void SaveParameters(BinaryWriter writer)
    {
        _selection.Save(writer);
        writer.WriteDoubles(_inverseFrequency);
        writer.Write(_target);
        writer.WriteDoubles(_singularValues);
        StoredBlock.Save(writer, _loadings);
    }

    internal override void DenoiseRow(ReadOnlySpan<float> features, SpotScale scale, Span<double> values)
    {
        double[] scores = new double[_singularValues.Length];
        scores[0] = scale.First * _singularValues[0];
        for (int j = 1; j < scores.Length; j++)
            scores[j] = ((features[j - 1] * scale.Deviation) + scale.Mean) * _singularValues[j];
        for (int g = 0; g < values.Length; g++)
            values[g] = _loadings.Dot(g, scores);
    }

    private PreprocessedModality Index(CsrMatrix matrix, PreprocessingNotes notes, ThreadTeam team)
    {
        var features = new Matrix(matrix.Rows, Width);
        var scales = new SpotScale[matrix.Rows];
        SparseOperator.ProjectRows(matrix, null, null, _loadings, team, (row, values) => scales[row] = Standardize(values, features.Row(row)));
        return Result(features, notes, scales);
    }

    private SpotScale Standardize(ReadOnlySpan<double> products, Span<float> target)
    {
        double sum = 0;
        for (int j = 0; j < products.Length; j++)
            sum += products[j] / _singularValues[j];
        double mean = sum / products.Length;
        double squares = 0;
        for (int j = 0; j < products.Length; j++)
        {
            double difference = (products[j] / _singularValues[j]) - mean;
            squares += difference * difference;
        }

        double deviation = Math.Sqrt(squares / (products.Length - 1));
        for (int j = 1; j < products.Length && deviation > 0; j++)
            target[j - 1] = (float)(((products[j] / _singularValues[j]) - mean) / deviation);
        return new SpotScale(mean, deviation, products[0] / _singularValues[0]);
    }
}
