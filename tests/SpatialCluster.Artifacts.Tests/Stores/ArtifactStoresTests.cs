using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Tests.Artifacts.Stores;

public sealed class ArtifactStoresTests
{
    [Fact]
    public void Open_PathOrFileUrl_IsTheSameStore()
    {
        using var folder = new TestFolder();
        ArtifactStores.Open(folder["a store"], create: true).Location.ShouldBe(folder["a store"]);
        ArtifactStores.Open($"file://{folder["a%20store"]}", create: false).Location.ShouldBe(folder["a store"]);
    }

    [Theory]
    [InlineData("https://account.blob.core.windows.net/container", "not built in yet")]
    [InlineData("azurite://container", "not built in yet")]
    [InlineData("s3://bucket", "stores in folders")]
    [InlineData("file://host/folder", "file:///path")]
    [InlineData("", "name a folder")]
    public void Open_OtherKinds_AreRefused(string location, string says) =>
        Should.Throw<BadInputException>(() => ArtifactStores.Open(location, create: true)).Message.ShouldContain(says);
}
