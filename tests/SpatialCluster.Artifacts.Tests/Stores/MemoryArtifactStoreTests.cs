using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.Memory;

namespace SpatialCluster.Tests.Artifacts.Stores;

public sealed class MemoryArtifactStoreTests : ArtifactStoreContract
{
    protected override IArtifactStore NewStore() => new MemoryArtifactStore();
}
