using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// Highly variable genes by normalised dispersion, flavour <c>seurat</c>, as scanpy 1.9 computes them (Satija et al., Nature
/// Biotechnology 33, 2015): mean and variance of exp(x) − 1; the log dispersion of each gene, standardised among the genes
/// of its bin, with 20 bins of equal width over log1p(mean). A bin with one gene gives it 1. Genes without variance have no
/// dispersion and count as 0. All genes that reach the value of the last one wanted are kept, so ties may keep more.
/// </summary>
internal sealed class HighlyVariableGenes
{
    private const int Bins = 20;

    private HighlyVariableGenes(double[] means, double[] normalized, int[] selected)
    {
        LogMeans = means;
        NormalizedDispersions = normalized;
        Selected = selected;
    }

    /// <summary>log1p of the mean of each gene.</summary>
    public double[] LogMeans { get; }

    /// <summary>NaN for genes without variance.</summary>
    public double[] NormalizedDispersions { get; }

    /// <summary>Rising positions of the genes kept.</summary>
    public int[] Selected { get; }

    /// <summary>Ranks the genes.</summary>
    /// <param name="logNormalized">Spots × genes, log-normalised.</param>
    /// <param name="count">How many genes to keep.</param>
    /// <param name="team">Who works.</param>
    public static HighlyVariableGenes Of(CsrMatrix logNormalized, int count, ThreadTeam team)
    {
        (double[] means, double[] dispersions) = LogMeansAndDispersions(logNormalized, team);
        double[] normalized = Normalize(means, dispersions);
        return new HighlyVariableGenes(means, normalized, Select(normalized, count));
    }

    private static (double[] Means, double[] Dispersions) LogMeansAndDispersions(CsrMatrix matrix, ThreadTeam team)
    {
        CsrMatrix genes = matrix.Transpose();
        double spots = matrix.Rows;
        double[] means = new double[genes.Rows];
        double[] dispersions = new double[genes.Rows];
        SparseRows.ForEach(genes.Rows, team, gene =>
        {
            double sum = 0, squares = 0;
            foreach (float value in genes.RowValues(gene))
            {
                double linear = StableMath.ExpM1(value);
                sum += linear;
                squares += linear * linear;
            }

            double mean = sum / spots;
            double variance = ((squares / spots) - (mean * mean)) * (spots / (spots - 1));
            mean = mean == 0 ? 1e-12 : mean;
            double dispersion = variance / mean;
            means[gene] = StableMath.Log1P(mean);
            dispersions[gene] = dispersion > 0 ? StableMath.Log(dispersion) : double.NaN;
        });
        return (means, dispersions);
    }

    private static double[] Normalize(double[] means, double[] dispersions)
    {
        int[] bin = BinsOf(means);
        double[] normalized = new double[means.Length];
        for (int b = 0; b < Bins; b++)
        {
            int[] genes = [.. Enumerable.Range(0, means.Length).Where(gene => bin[gene] == b)];
            double[] known = [.. genes.Select(gene => dispersions[gene]).Where(value => !double.IsNaN(value))];
            double mean = known.Length > 0 ? known.Sum() / known.Length : double.NaN;
            double deviation = known.Length > 1
                ? Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)) / (known.Length - 1))
                : double.NaN;
            foreach (int gene in genes)
            {
                // One gene alone: its dispersion over itself.
                normalized[gene] = known.Length > 1 ? (dispersions[gene] - mean) / deviation : dispersions[gene] / mean;
            }
        }

        return normalized;
    }

    /// <summary>Bins of equal width, closed on the right; the first is widened by 0.1 % to hold the least mean (pandas' cut).</summary>
    private static int[] BinsOf(double[] means)
    {
        double least = means.Min(), most = means.Max();
        bool single = least == most;
        if (single)
        {
            least -= least != 0 ? 0.001 * Math.Abs(least) : 0.001;
            most += most != 0 ? 0.001 * Math.Abs(most) : 0.001;
        }

        double step = (most - least) / Bins;
        double[] edges = new double[Bins + 1];
        for (int i = 0; i < Bins; i++)
            edges[i] = (i * step) + least;
        edges[Bins] = most;
        if (!single)
            edges[0] -= (most - least) * 0.001;
        int[] bin = new int[means.Length];
        for (int gene = 0; gene < means.Length; gene++)
        {
            int edge = 0;
            while (edge < Bins && edges[edge] < means[gene])
                edge++;
            bin[gene] = edge - 1;
        }

        return bin;
    }

    private static int[] Select(double[] normalized, int count)
    {
        double[] falling = [.. normalized.Where(value => !double.IsNaN(value)).OrderByDescending(value => value)];
        if (falling.Length == 0)
            return [.. Enumerable.Range(0, normalized.Length)];
        double least = falling[int.Clamp(count, 1, falling.Length) - 1];
        return [.. Enumerable.Range(0, normalized.Length).Where(gene => (double.IsNaN(normalized[gene]) ? 0 : normalized[gene]) >= least)];
    }
}
