using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Tests.Artifacts.Stores;

namespace SpatialCluster.Tests.Artifacts.Faults;

/// <summary>Two processes on one store.</summary>
public sealed class TwoProcessesTests
{
    [Fact]
    public async Task PutIfAbsent_TwoProcessesOnTheSameNames_EachNameHasOneWinner()
    {
        using var folder = new TestFolder();
        ProbeProcess.Race("race", folder["s"], 200).Sum().ShouldBe(200);
        IArtifactStore store = ArtifactStores.Open(folder["s"], create: false);
        for (int i = 0; i < 200; i++)
            (await store.ReadAsync($"race/{i}")).ShouldBeOneOf("one", "two");
    }

    [Fact]
    public async Task Replace_TwoProcessesCount_NothingIsLost()
    {
        using var folder = new TestFolder();
        int[] again = ProbeProcess.Race("count", folder["s"], 200);
        (await ArtifactStores.Open(folder["s"], create: false).ReadAsync("counter")).ShouldBe("400");
        again.Sum().ShouldBeGreaterThan(0, "they never met, so this run says nothing");
    }
}
