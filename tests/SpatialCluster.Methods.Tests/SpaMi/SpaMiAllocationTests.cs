using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Tests.SpaMi;

/// <summary>Counts of the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(SpaMiAllocationTests), DisableParallelization = true)]
[Collection(nameof(SpaMiAllocationTests))]
public sealed class SpaMiAllocationTests
{
    [Theory]
    [InlineData(Fusion.Attention)]
    [InlineData(Fusion.Concatenation)]
    public void Train_AfterTheFirstEpochs_AllocatesNothing(Fusion fusion)
    {
        var options = new SpaMiOptions { HiddenWidth = 32, EmbeddingWidth = 16, Fusion = fusion };
        using var alone = new SmallRun(spots: 300, [10, 20, 7], options, threads: 1);
        alone.Train(3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        alone.Train(50);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        // The test runner may say a word meanwhile; an object per tile would be 100 kB.
        using var team = new SmallRun(spots: 300, [10, 20, 7], options, threads: 2);
        team.Train(3);
        before = GC.GetTotalAllocatedBytes(precise: true);
        team.Train(50);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(16 << 10);
    }
}
