using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Tests;

namespace SpatialCluster.Data.Tests.Preprocessing;

public class PeaksGoldenTests
{
    private readonly GoldenFile _golden = GoldenFile.Open("preprocessing.json");

    [Fact]
    public void FilterPeaks_GoldenCounts_KeepsTheOriginalsPeaks() =>
        Selection().Kept.ShouldBe(_golden.Numbers("atac_kept").Select(at => (int)at));

    [Fact]
    public void LogTfIdf_GoldenCounts_EqualsTheOriginal()
    {
        using var team = new ThreadTeam(1);
        CsrMatrix matrix = Selection().Apply(Counts());
        double[] inverse = [.. SparseColumns.PositiveRows(matrix).Select(count => (double)matrix.Rows / count)];
        SpotNormalization.LogTfIdf(matrix, inverse, 1e4, team);
        double[] theirs = _golden.Numbers("atac_log_tfidf_first_row");
        double[] ours = Modalities.Dense(matrix)[..theirs.Length];
        for (int j = 0; j < theirs.Length; j++)
            ours[j].ShouldBe(theirs[j], 1e-6 * Math.Max(1, theirs[j]));
    }

    [Fact]
    public void Fit_GoldenCounts_EqualsTheOriginalsLsiForOurSigns()
    {
        using var team = new ThreadTeam(2);
        int components = _golden.Shape("lsi")[1];
        using PreprocessedModality ours = Preprocessor.Fit(Counts(), new AtacPreprocessingOptions { Components = components }, team, new RandomStream(0));
        double[] singular = _golden.Numbers("lsi_singular_values");
        for (int j = 0; j <= components; j++)
            ((FittedPeaks)ours.Fitted).SingularValues[j].ShouldBe(singular[j], 1e-5 * singular[j]);

        // The golden left vectors, turned so that the largest entry of each is positive, then standardised by row.
        double[] left = _golden.Numbers("lsi_left_vectors");
        int spots = ours.Features.Rows;
        int width = components + 1;
        double[] signs = [.. Enumerable.Range(0, width).Select(j => Math.Sign(Enumerable.Range(0, spots).Select(i => left[(i * width) + j]).MaxBy(Math.Abs)))];
        for (int i = 0; i < spots; i++)
        {
            double[] row = [.. Enumerable.Range(0, width).Select(j => signs[j] * left[(i * width) + j])];
            double mean = row.Average();
            double deviation = Math.Sqrt(row.Sum(x => (x - mean) * (x - mean)) / (width - 1));
            // Standardised values are of order 1, so 1e-4 is relative as well.
            for (int j = 1; j < width; j++)
                ((double)ours.Features[i, j - 1]).ShouldBe((row[j] - mean) / deviation, 1e-4, $"spot {i}, component {j}");
        }
    }

    private FeatureSelection Selection() =>
        FeatureSelection.ByOccurrence(Counts(), (int)Math.Ceiling(0.005 * Counts().Counts.Rows), new PreprocessingNotes("atac"));

    private Modality Counts()
    {
        int[] shape = _golden.Shape("atac");
        return Modalities.Of(ModalityKind.Atac, shape[0], shape[1], _golden.Numbers("atac"));
    }
}
