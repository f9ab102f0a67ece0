using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Tests;

namespace SpatialCluster.Data.Tests.Preprocessing;

public class RnaGoldenTests
{
    private readonly GoldenFile _golden = GoldenFile.Open("preprocessing.json");

    [Fact]
    public void FilterGenes_GoldenCounts_KeepsTheOriginalsGenes()
    {
        FeatureSelection selection = FeatureSelection.ByOccurrence(Counts(), 10, new PreprocessingNotes("rna"));
        selection.Kept.ShouldBe(_golden.Numbers("rna_kept").Select(at => (int)at));
    }

    [Fact]
    public void LogNormalize_GoldenCounts_EqualsScanpy()
    {
        double[] ours = Modalities.Dense(LogNormalized());
        double[] theirs = _golden.Numbers("rna_log_normalised");
        ours.Length.ShouldBe(theirs.Length);
        // Both are float32, theirs computed in float32 throughout: a few units in the last place.
        for (int at = 0; at < ours.Length; at++)
            ours[at].ShouldBe(theirs[at], 2e-6 * Math.Max(1, theirs[at]));
    }

    [Fact]
    public void HighlyVariableGenes_GoldenCounts_EqualsScanpy()
    {
        using var team = new ThreadTeam(1);
        int[] expected = [.. _golden.Numbers("hvg_seurat").Select(at => (int)at)];
        HighlyVariableGenes ours = HighlyVariableGenes.Of(LogNormalized(), expected.Length, team);
        ours.Selected.ShouldBe(expected);
        double[] means = _golden.Numbers("hvg_means");
        double[] dispersions = _golden.Numbers("hvg_dispersions_norm");
        for (int gene = 0; gene < means.Length; gene++)
        {
            // scanpy takes exp and squares in float32; the standardisation within a bin magnifies that.
            ours.LogMeans[gene].ShouldBe(means[gene], 1e-5);
            ours.NormalizedDispersions[gene].ShouldBe(dispersions[gene], 1e-4);
        }
    }

    [Fact]
    public void Fit_GoldenCounts_EqualsScikitLearnsPca()
    {
        using var team = new ThreadTeam(2);
        int genes = _golden.At("hvg_seurat").GetArrayLength();
        int components = _golden.Shape("pca")[1];
        var options = new RnaPreprocessingOptions { HighlyVariableGenes = genes, Components = components };
        using PreprocessedModality rna = Preprocessor.Fit(Counts(), options, team, new RandomStream(0));
        double[] variance = _golden.Numbers("pca_explained_variance");
        double[] singular = ((FittedRna)rna.Fitted).Projection.SingularValues;
        int spots = rna.Features.Rows;
        for (int j = 0; j < components; j++)
            singular[j].ShouldBe(Math.Sqrt(variance[j] * (spots - 1)), 1e-5 * singular[j]);
        Columns.ShouldAgreeUpToSign(rna.Features, _golden.Numbers("pca"), 1e-4);
        // The stated rule, which is also scikit-learn's of that time.
        Columns.ShouldHavePositiveExtremes(rna.Features);
    }

    private CsrMatrix LogNormalized()
    {
        using var team = new ThreadTeam(1);
        CsrMatrix matrix = FeatureSelection.ByOccurrence(Counts(), 10, new PreprocessingNotes("rna")).Apply(Counts());
        SpotNormalization.LogNormalize(matrix, 1e4, team);
        return matrix;
    }

    private Modality Counts()
    {
        int[] shape = _golden.Shape("counts");
        return Modalities.Of(ModalityKind.Rna, shape[0], shape[1], _golden.Numbers("counts"));
    }
}
