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

    [Fact]
    public void OpenExisting_NothingThere_IsNull()
    {
        using var folder = new TestFolder();
        ArtifactStores.OpenExisting(folder["none"], StoreCredentials.None).ShouldBeNull();
        ArtifactStores.Open(folder["there"], create: true, StoreCredentials.None);
        ArtifactStores.OpenExisting(folder["there"], StoreCredentials.None)!.Location.ShouldBe(folder["there"]);
    }

    [Theory]
    [InlineData("s3://bucket?key=secret", "there are stores in folders")]
    [InlineData("file://host/folder", "file:///path")]
    [InlineData("", "name a folder")]
    public void Open_OtherKinds_AreRefused(string location, string says) =>
        Should.Throw<BadInputException>(() => ArtifactStores.Open(location, create: true)).Message.ShouldSatisfyAllConditions(m => m.ShouldContain(says), m => m.ShouldNotContain("secret"));
}
