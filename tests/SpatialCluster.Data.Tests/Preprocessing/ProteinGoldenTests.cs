using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Tests;

namespace SpatialCluster.Data.Tests.Preprocessing;

public class ProteinGoldenTests
{
    [Fact]
    public void Fit_GoldenCounts_EqualsSeuratsClr()
    {
        GoldenFile golden = GoldenFile.Open("preprocessing.json");
        int[] shape = golden.Shape("protein");
        Modality protein = Modalities.Of(ModalityKind.Protein, shape[0], shape[1], golden.Numbers("protein"));
        using var team = new ThreadTeam(1);
        using PreprocessedModality ours = Preprocessor.Fit(protein, new ProteinPreprocessingOptions(), team, new RandomStream(0));
        double[] theirs = golden.Numbers("protein_clr");
        ours.Features.Columns.ShouldBe(golden.Shape("protein_clr")[1]);
        float[] values = ours.Features.ToArray();
        // Computed in double by both, kept by us in float32.
        for (int at = 0; at < theirs.Length; at++)
            ((double)values[at]).ShouldBe(theirs[at], 1e-6 * Math.Max(1, Math.Abs(theirs[at])));
    }
}
