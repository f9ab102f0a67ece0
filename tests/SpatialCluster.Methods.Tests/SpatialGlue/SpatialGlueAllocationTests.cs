using SpatialCluster.Methods.SpatialGlue;
using SpatialCluster.Tests.SpaMi;

namespace SpatialCluster.Tests.SpatialGlue;

/// <summary>Counts of the whole process: nothing else may run beside them.</summary>
[Collection(nameof(SpaMiAllocationTests))]
public sealed class SpatialGlueAllocationTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Train_AfterTheFirstEpochs_AllocatesNothing(bool correspondence, bool featureGraph)
    {
        var options = new SpatialGlueOptions { EmbeddingWidth = 16, Correspondence = correspondence, FeatureGraph = featureGraph };
        using var alone = new SmallGlue(spots: 300, [10, 20, 7], options, threads: 1);
        alone.Train(3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        alone.Train(50);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        // The test runner may say a word meanwhile; an object per tile would be 100 kB.
        using var team = new SmallGlue(spots: 300, [10, 20, 7], options, threads: 2);
        team.Train(3);
        before = GC.GetTotalAllocatedBytes(precise: true);
        team.Train(50);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(16 << 10);
    }
}
