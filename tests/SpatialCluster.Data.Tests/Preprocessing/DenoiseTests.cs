using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Preprocessing;

public class DenoiseTests
{
    // With components equal to the rank, nothing is lost: the way back gives the normalised values.
    [Fact]
    public void Denoise_RnaAtFullRank_GivesTheLogNormalisedGenes()
    {
        Modality modality = Modalities.Random(ModalityKind.Rna, 80, 12, 3);
        using var team = new ThreadTeam(2);
        var options = new RnaPreprocessingOptions { Components = 12, MinSpots = 1, HighlyVariableGenes = null };
        using PreprocessedModality fit = Preprocessor.Fit(modality, options, team, new RandomStream(1));
        CsrMatrix expected = SparseColumns.Select(modality.Counts, [.. Enumerable.Range(0, 12)]);
        SpotNormalization.LogNormalize(expected, 1e4, team);
        ShouldAgree(Denoised(fit, team), Modalities.Dense(expected), 1e-5);
    }

    [Fact]
    public void Denoise_RnaLinear_SumsToTheTarget()
    {
        Modality modality = Modalities.Random(ModalityKind.Rna, 80, 12, 3);
        using var team = new ThreadTeam(1);
        var options = new RnaPreprocessingOptions { Components = 12, MinSpots = 1, HighlyVariableGenes = null };
        using PreprocessedModality fit = Preprocessor.Fit(modality, options, team, new RandomStream(1));
        float[] linear = Denoised(fit, team, DenoisedScale.Linear);
        for (int spot = 0; spot < 80; spot++)
            linear.AsSpan(spot * 12, 12).ToArray().Sum(x => (double)x).ShouldBe(1e4, 0.5);
    }

    [Fact]
    public void Denoise_PeaksAtFullRank_GivesTheLogTfIdf()
    {
        // 9 peaks, 8 components and the first: U S Vᵀ is the whole matrix.
        Modality modality = Modalities.Random(ModalityKind.Atac, 80, 9, 3);
        using var team = new ThreadTeam(2);
        using PreprocessedModality fit = Preprocessor.Fit(modality, new AtacPreprocessingOptions { Components = 8 }, team, new RandomStream(1));
        CsrMatrix expected = SparseColumns.Select(modality.Counts, [.. Enumerable.Range(0, 9)]);
        double[] inverse = [.. SparseColumns.PositiveRows(expected).Select(count => 80.0 / count)];
        SpotNormalization.LogTfIdf(expected, inverse, 1e4, team);
        // Values up to 9, loadings and features in float32.
        ShouldAgree(Denoised(fit, team), Modalities.Dense(expected), 2e-5);
    }

    [Theory]
    [InlineData(true, 12)]
    [InlineData(false, 12)]
    [InlineData(true, 50)]
    [InlineData(false, 50)]
    public void Denoise_MetaboliteAtFullRank_GivesTheLogIntensities(bool scale, int components)
    {
        Modality modality = Modalities.Random(ModalityKind.Metabolite, 80, 13, 3);
        using var team = new ThreadTeam(1);
        // 13 ions of which the 13th is the sum of two others' neighbours would be PCA at 12; 50 means no PCA.
        var options = new MetabolitePreprocessingOptions { Scale = scale, Clip = null, TotalIonCount = false, LogTransform = true, Components = components == 12 ? 12 : 50 };
        Modality given = components == 12 ? WithTwin(modality) : modality;
        using PreprocessedModality fit = Preprocessor.Fit(given, options, team, new RandomStream(1));
        CsrMatrix expected = SparseColumns.Select(given.Counts, [.. Enumerable.Range(0, 13)]);
        SpotNormalization.Log(expected, team);
        ShouldAgree(Denoised(fit, team), Modalities.Dense(expected), 1e-5);
    }

    [Fact]
    public void Features_MetaboliteScaledAndClipped_AreZScoresWithinTheBound()
    {
        Modality modality = Modalities.Random(ModalityKind.Metabolite, 80, 6, 3);
        using var team = new ThreadTeam(1);
        var options = new MetabolitePreprocessingOptions { TotalIonCount = false, LogTransform = false, Clip = 1.2 };
        using PreprocessedModality fit = Preprocessor.Fit(modality, options, team, new RandomStream(1));
        double[] dense = Modalities.Dense(modality.Counts);
        for (int j = 0; j < 6; j++)
        {
            double[] column = [.. Enumerable.Range(0, 80).Select(i => dense[(i * 6) + j])];
            double mean = column.Average();
            double deviation = Math.Sqrt(column.Sum(x => (x - mean) * (x - mean)) / 79);
            for (int i = 0; i < 80; i++)
                ((double)fit.Features[i, j]).ShouldBe(Math.Clamp((column[i] - mean) / deviation, -1.2, 1.2), 1e-5);
        }
    }

    [Fact]
    public void Denoise_Protein_IsTheLogRatioItself()
    {
        using var team = new ThreadTeam(1);
        using PreprocessedModality fit = Preprocessor.Fit(Modalities.Random(ModalityKind.Protein, 30, 7, 3), new ProteinPreprocessingOptions(), team, new RandomStream(1));
        Denoised(fit, team).ShouldBe(fit.Features.ToArray());
    }

    private static Modality WithTwin(Modality modality)
    {
        double[] dense = Modalities.Dense(modality.Counts);
        for (int i = 0; i < 80; i++)
            dense[(i * 13) + 12] = dense[(i * 13) + 5];
        return modality with { Counts = Modalities.Sparse(80, 13, dense) };
    }

    /// <summary>Denoises the features themselves, in blocks that do not divide the spots evenly.</summary>
    private static float[] Denoised(PreprocessedModality fit, ThreadTeam team, DenoisedScale scale = DenoisedScale.AsModelled)
    {
        var all = new List<float>();
        for (int first = 0; first < fit.Features.Rows; first += 33)
        {
            int rows = int.Min(33, fit.Features.Rows - first);
            using var block = new Matrix(rows, fit.Features.Columns);
            for (int i = 0; i < rows; i++)
                fit.Features.Row(first + i).CopyTo(block.Row(i));
            using var into = new Matrix(rows, fit.DenoisedFeatureNames.Count);
            fit.Denoise(first, block, into, team, scale);
            all.AddRange(into.ToArray());
        }

        return [.. all];
    }

    private static void ShouldAgree(float[] ours, double[] expected, double tolerance)
    {
        ours.Length.ShouldBe(expected.Length);
        for (int at = 0; at < ours.Length; at++)
            ((double)ours[at]).ShouldBe(expected[at], tolerance);
    }
}
