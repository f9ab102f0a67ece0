using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// Principal components of (X − 1 mᵀ) D with sparse X: scores = (X − 1 mᵀ) D V. The scores of the fitted spots are made by the
/// same product as those of new ones. Loadings are kept in float32.
/// </summary>
internal sealed class PcaProjection
{
    private readonly double[] _means;
    private readonly double[]? _factors;
    private readonly ThinBlock _loadings;

    private PcaProjection(double[] means, double[]? factors, ThinBlock loadings, double[] singularValues)
    {
        _means = means;
        _factors = factors;
        _loadings = loadings;
        SingularValues = singularValues;
    }

    public int Components => _loadings.Columns;

    public double[] SingularValues { get; }

    public static PcaProjection Fit(
        string modality, CsrMatrix matrix, double[]? factors, PreprocessingOptions options, PreprocessingNotes notes, ThreadTeam team, RandomStream random)
    {
        int wanted = Rank.RequireComponents(modality, options);
        int components = options.FewerComponents ? int.Clamp(matrix.Columns, 1, wanted) : wanted;
        Rank.RequireFeatures(modality, matrix.Columns, components, components);
        double[] means = SparseColumns.Means(matrix);
        TruncatedSvd svd = TruncatedSvd.Of(new SparseOperator(matrix, means, factors), components, null, team, random);
        if (options.FewerComponents)
            components = int.Clamp(svd.Rank, 1, components);
        Rank.Require(modality, matrix, svd.Rank, components, components);
        Rank.NoteFewer(notes, components, wanted);
        return new PcaProjection(means, factors, StoredBlock.RoundedToFloat(svd.RightVectors), svd.SingularValues);
    }

    public Matrix Project(CsrMatrix matrix, ThreadTeam team)
    {
        var scores = new Matrix(matrix.Rows, Components);
        SparseOperator.ProjectRows(matrix, _means, _factors, _loadings, team, (row, values) =>
        {
            Span<float> target = scores.Row(row);
            for (int j = 0; j < values.Length; j++)
                target[j] = (float)values[j];
        });
        return scores;
    }

    /// <summary>x = m + D⁻¹ V f.</summary>
    public void BackProject(ReadOnlySpan<float> features, Span<double> values)
    {
        Span<double> scores = stackalloc double[Components];
        for (int j = 0; j < scores.Length; j++)
            scores[j] = features[j];
        for (int g = 0; g < values.Length; g++)
        {
            double change = _loadings.Dot(g, scores);
            values[g] = _means[g] + (_factors is null ? change : change / _factors[g]);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.WriteDoubles(_means);
        writer.Write(_factors is not null);
        if (_factors is not null)
            writer.WriteDoubles(_factors);
        writer.WriteDoubles(SingularValues);
        StoredBlock.Save(writer, _loadings);
    }

    public static PcaProjection Load(StoredReader reader, int features)
    {
        double[] means = reader.ReadDoubles(features);
        double[]? factors = reader.ReadBoolean() ? reader.ReadDoubles(features) : null;
        double[] singularValues = reader.ReadComponentValues();
        return new PcaProjection(means, factors, StoredBlock.Load(reader, features, singularValues.Length), singularValues);
    }
}
