using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Preprocessing;

public class HighlyVariableGenesTests
{
    [Fact]
    public void Of_TwoBinsByHand_StandardisesWithinEachBin()
    {
        // Linear values of two spots per gene; the means of the first three genes share the lowest bin, the last is alone.
        double[][] genes = [[1, 1.2], [1, 1.3], [1, 1.4], [100, 300]];
        HighlyVariableGenes ours = Of(genes, 2);
        double[] dispersion = [.. genes.Select(g => Math.Log((g[0] - g[1]) * (g[0] - g[1]) / 2 / ((g[0] + g[1]) / 2)))];
        double mean = dispersion[..3].Average();
        double deviation = Math.Sqrt(dispersion[..3].Sum(x => (x - mean) * (x - mean)) / 2);
        for (int gene = 0; gene < 3; gene++)
            ours.NormalizedDispersions[gene].ShouldBe((dispersion[gene] - mean) / deviation, 1e-4);
        // One gene in its bin: 1.
        ours.NormalizedDispersions[3].ShouldBe(1, 1e-12);
        ours.Selected.ShouldBe([2, 3], ignoreOrder: false, $"{string.Join(", ", ours.NormalizedDispersions)}");
    }

    [Fact]
    public void Of_GeneWithoutVariance_CountsAsZero()
    {
        // The last gene's mean stretches the bins, so that the others share one.
        HighlyVariableGenes ours = Of([[1, 1.2], [1, 1.3], [1, 1.4], [1.2, 1.2], [100, 300]], 2);
        ours.NormalizedDispersions[3].ShouldBe(double.NaN);
        ours.Selected.ShouldBe([2, 4]);
        Of([[1, 1.2], [1, 1.3], [1, 1.4], [1.2, 1.2], [100, 300]], 4).Selected.ShouldContain(3);
    }

    [Fact]
    public void Of_MoreThanThereAre_KeepsAllWithVariance() => Of([[1, 1.2], [1, 1.3], [1, 1.4]], 100).Selected.ShouldBe([0, 1, 2]);

    private static HighlyVariableGenes Of(double[][] genes, int count)
    {
        double[] log = new double[2 * genes.Length];
        for (int gene = 0; gene < genes.Length; gene++)
        {
            log[gene] = StableMath.Log1P(genes[gene][0]);
            log[genes.Length + gene] = StableMath.Log1P(genes[gene][1]);
        }

        using var team = new ThreadTeam(1);
        return HighlyVariableGenes.Of(Modalities.Of(ModalityKind.Rna, 2, genes.Length, log).Counts, count, team);
    }
}
