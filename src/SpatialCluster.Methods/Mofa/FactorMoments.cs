using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Methods.Mofa;

/// <summary>What the loadings' updates need to know of the factors: E[z]ᵀE[z], Σ E[z²].</summary>
internal sealed class FactorMoments
{
    private const int SpotTile = 512;

    private FactorMoments(int factors, double[] gram, double[] squares) => (Factors, Gram, Squares) = (factors, gram, squares);

    public int Factors { get; }

    /// <summary>Σ over spots of E[z_j] E[z_k], factors × factors.</summary>
    public double[] Gram { get; }

    /// <summary>Σ over spots of E[z_k²].</summary>
    public double[] Squares { get; }

    public ReadOnlySpan<double> GramRow(int factor) => Gram.AsSpan(factor * Factors, Factors);

    public static FactorMoments Of(FactorTable means, double[] variances, ThreadTeam team)
    {
        int factors = means.Factors;
        var partial = new double[(means.Rows + SpotTile - 1) / SpotTile][];
        team.For(partial.Length, tile =>
        {
            var gram = new double[factors * factors];
            int end = int.Min((tile + 1) * SpotTile, means.Rows);
            for (int spot = tile * SpotTile; spot < end; spot++)
            {
                ReadOnlySpan<double> z = means.Row(spot);
                for (int j = 0; j < factors; j++)
                {
                    for (int k = 0; k <= j; k++)
                        gram[(j * factors) + k] += z[j] * z[k];
                }
            }

            partial[tile] = gram;
        });
        var sum = new double[factors * factors];
        var squares = new double[factors];
        for (int j = 0; j < factors; j++)
        {
            for (int k = 0; k <= j; k++)
            {
                double total = 0;
                foreach (double[] gram in partial)
                    total += gram[(j * factors) + k];
                sum[(j * factors) + k] = sum[(k * factors) + j] = total;
            }

            squares[j] = sum[(j * factors) + j] + (means.Rows * variances[j]);
        }

        return new FactorMoments(factors, sum, squares);
    }
}
