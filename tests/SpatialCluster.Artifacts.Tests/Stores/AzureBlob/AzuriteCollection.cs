namespace SpatialCluster.Tests.Artifacts.Stores.AzureBlob;

/// <summary>Shares one server.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "azurite";
}
