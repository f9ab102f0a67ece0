using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.AzureBlob;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.Tests.Artifacts.Stores.AzureBlob;

/// <summary>One server for all tests that do not stop it; each opens a container of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private int _containers;

    /// <summary>The server; a test that asks for it is skipped where there is none.</summary>
    public AzuriteServer Server
    {
        get
        {
            Skip.If(field is null, AzuriteServer.SkipReason ?? string.Empty);
            return field!;
        }

        private set;
    }

    public async Task InitializeAsync() => Server = (await AzuriteServer.TryStartNewAsync())!;

    public async Task DisposeAsync()
    {
        if (AzuriteServer.SkipReason is null)
            await Server.DisposeAsync();
    }

    /// <summary>The location of a store that is not there yet.</summary>
    public string NewLocation() => Server.Location($"container-{Interlocked.Increment(ref _containers)}");

    public AzureBlobArtifactStore NewStore(AzureBlobOptions? options = null) => Open(NewLocation(), create: true, options);

    public static AzureBlobArtifactStore Open(string location, bool create, AzureBlobOptions? options = null) =>
        AzureBlobArtifactStore.Open(location, StoreCredentials.None, create, options);
}
