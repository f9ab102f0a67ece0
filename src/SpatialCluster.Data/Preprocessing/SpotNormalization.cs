using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Transformations of one spot's values; a spot without counts stays a row of zeros in each.</summary>
internal static class SpotNormalization
{
    /// <summary>x → log1p(x · target / total of the spot), as scanpy's <c>normalize_total</c> and <c>log1p</c>.</summary>
    public static void LogNormalize(CsrMatrix matrix, double target, ThreadTeam team) => SparseRows.Change(matrix, team, (_, values) =>
    {
        double factor = target / SparseRows.Sum(values);
        foreach (ref float value in values)
            value = (float)StableMath.Log1P(value * factor);
    });

    /// <summary>x → x · target / total of the spot.</summary>
    public static void ToTotal(CsrMatrix matrix, double target, ThreadTeam team) => SparseRows.Change(matrix, team, (_, values) =>
    {
        double factor = target / SparseRows.Sum(values);
        foreach (ref float value in values)
            value = (float)(value * factor);
    });

    /// <summary>x → log1p(x).</summary>
    public static void Log(CsrMatrix matrix, ThreadTeam team) => SparseRows.Change(matrix, team, static (_, values) =>
    {
        foreach (ref float value in values)
            value = (float)StableMath.Log1P(value);
    });

    /// <summary>
    /// x → log1p(x / exp(mean over the panel of log1p(x))): the centred log-ratio of Seurat and SpatialGlue, per spot.
    /// </summary>
    public static void CenterLogRatio(CsrMatrix matrix, int panel, ThreadTeam team) => SparseRows.Change(matrix, team, (_, values) =>
    {
        double sum = 0;
        foreach (float value in values)
            sum += StableMath.Log1P(value);
        double mean = StableMath.Exp(sum / panel);
        foreach (ref float value in values)
            value = (float)StableMath.Log1P(value / mean);
    });

    /// <summary>
    /// Presence → log1p(target · share), the share of a feature's inverse document frequency in the sum over those present.
    /// The term frequency (1 / features present) of TF-IDF cancels in the L1 normalisation.
    /// </summary>
    public static void LogTfIdf(CsrMatrix matrix, double[] inverseFrequency, double target, ThreadTeam team) => SparseRows.Change(matrix, team, (columns, values) =>
    {
        double sum = 0;
        foreach (int column in columns)
            sum += inverseFrequency[column];
        for (int e = 0; e < columns.Length; e++)
            values[e] = (float)StableMath.Log1P(target * (inverseFrequency[columns[e]] / sum));
    });
}
