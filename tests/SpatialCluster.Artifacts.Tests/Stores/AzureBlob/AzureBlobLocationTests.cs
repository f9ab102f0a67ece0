using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.AzureBlob;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Tests.Artifacts.Stores.AzureBlob;

/// <summary>Where a store is, what opens it, and that no secret is seen.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class AzureBlobLocationTests(AzuriteFixture azurite) : IDisposable
{
    // Of the emulator, published by Microsoft.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string OtherKey = "b3RoZXIga2V5IG90aGVyIGtleSBvdGhlciBrZXk=";

    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData("azurite://localhost:1234/results", "azurite://localhost:1234/results", "results", "")]
    [InlineData("azurite://azurite/results/a/b/", "azurite://azurite:10000/results/a/b", "results", "a/b/")]
    [InlineData("https://acc.blob.core.windows.net/results", "https://acc.blob.core.windows.net/results", "results", "")]
    [InlineData("https://acc.blob.core.windows.net/results/Group-1/x/", "https://acc.blob.core.windows.net/results/Group-1/x", "results", "Group-1/x/")]
    [InlineData("https://acc.blob.core.windows.net/results?sv=1&sig=secret", "https://acc.blob.core.windows.net/results", "results", "")]
    [InlineData("http://127.0.0.1:4444/devstoreaccount1/results/p", "http://127.0.0.1:4444/devstoreaccount1/results/p", "results", "p/")]
    public void Parse_Location_IsTakenApartAndShownWithoutSecrets(string location, string shown, string container, string prefix)
    {
        AzureBlobLocation parsed = AzureBlobLocation.Parse(location);
        (parsed.Text, parsed.ToString(), parsed.Container, parsed.Prefix).ShouldBe((shown, shown, container, prefix));
    }

    [Theory]
    [InlineData("https://acc.blob.core.windows.net", "names no container")]
    [InlineData("azurite://localhost:1234/", "names no container")]
    [InlineData("https://acc.blob.core.windows.net/Results", "3 to 63")]
    [InlineData("azurite://localhost:1234/a--b", "3 to 63")]
    [InlineData("azurite://localhost:1234/results/.hidden", "parts of letters")]
    [InlineData("azurite://localhost:1234/results/a%2f..%2fb", "parts of letters")]
    [InlineData("azurite://localhost:1234/results?sig=secret", "needs no signature")]
    [InlineData("https://acc.blob.core.windows.net/results?secret", "no shared access signature")]
    [InlineData("https://user:secret@acc.blob.core.windows.net/results", "has a user in it")]
    [InlineData("azurite://:x/results", "no URL")]
    public void Open_WrongLocation_SaysWhatIsWrongAndNoSecret(string location, string says)
    {
        string message = Should.Throw<BadInputException>(() => ArtifactStores.Open(location, create: true, StoreCredentials.None)).Message;
        message.ShouldContain(says);
        message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("https://acc.blob.core.windows.net/results?sig=x", true)]
    [InlineData("https://me@acc.blob.core.windows.net/results", true)]
    [InlineData("https://acc.blob.core.windows.net/results", false)]
    [InlineData("azurite://localhost:1234/results", false)]
    [InlineData("/data/what?", false)]
    public void HasSecret_Location_TellsUrlsWithOne(string location, bool expected) => ArtifactStores.HasSecret(location).ShouldBe(expected);

    [Theory]
    [InlineData("AccountName=acc;AccountKey=c2Vj+cmV0Cg==;EndpointSuffix=core.windows.net", "c2Vj+cmV0Cg==")]
    [InlineData("BlobEndpoint=https://acc.example/; sharedaccesssignature = sv=1&sig=abc%3D", "sv=1&sig=abc%3D")]
    [InlineData("UseDevelopmentStorage=true", null)]
    public void Secrets_OfAConnectionString_AreItsKeyOrSignature(string connection, string? secret) =>
        StoreCredentials.FromConnection(connection, "test").Secrets.ShouldBe(secret is null ? [] : [secret]);

    [Fact]
    public void Open_UnencryptedAbroad_IsRefusedWithSignatureOrIdentity()
    {
        Should.Throw<BadInputException>(() => ArtifactStores.Open("http://store.example.org/results?sig=secret", create: true, StoreCredentials.None))
            .Message.ShouldBe("The signature for the store http://store.example.org/results would be sent unencrypted; write https://.");
        Should.Throw<BadInputException>(() => ArtifactStores.Open("http://store.example.org/results", create: true, StoreCredentials.None)).Message.ShouldContain("unencrypted");
    }

    [SkippableFact]
    public async Task Open_ByConnectionStringFromAFile_IsTheSameStore()
    {
        using AzureBlobArtifactStore store = azurite.NewStore();
        await store.PutAsync("a", "x");
        await File.WriteAllTextAsync(_folder["connection"], Connection(Key) + "\n");
        var credentials = StoreCredentials.FromFile(_folder["connection"]);
        using var same = (AzureBlobArtifactStore)ArtifactStores.Open(store.Location, create: false, credentials);
        (await same.ReadAsync("a")).ShouldBe("x");
        string url = $"{azurite.Server.Endpoint}/{AzureBlobLocation.Parse(store.Location).Container}";
        using var byUrl = (AzureBlobArtifactStore)ArtifactStores.OpenExisting(url, credentials)!;
        (await byUrl.ReadAsync("a")).ShouldBe("x");
        credentials.ToString().ShouldBe($"credentials from {_folder["connection"]}");
        ArtifactStores.OpenExisting(url + "/none", credentials).ShouldBeNull();
    }

    [SkippableFact]
    public void Open_WrongKey_SaysThatItMayNotBeUsedAndNotTheKey()
    {
        string location = azurite.NewLocation();
        string message = Should.Throw<BadInputException>(() => ArtifactStores.Open(location, create: true, StoreCredentials.FromConnection(Connection(OtherKey), "a file"))).ToString();
        message.ShouldContain("may not be used with these credentials");
        message.ShouldNotContain(OtherKey);
    }

    [SkippableFact]
    public void Open_ConnectionStringOfAnotherAccount_IsRefused() =>
        Should.Throw<BadInputException>(() => ArtifactStores.Open("https://acc.blob.core.windows.net/results", create: true, StoreCredentials.FromConnection(Connection(Key), "a file")))
            .Message.ShouldContain("give that of the store's account");

    [Theory]
    [InlineData("AccountName=a;AccountKey=!secret!")]
    [InlineData("secret")]
    [InlineData("BlobEndpoint=secret;SharedAccessSignature=secret")]
    public void Open_NoConnectionString_IsRefusedWithoutQuotingIt(string connection)
    {
        string message = Should.Throw<BadInputException>(() => ArtifactStores.Open("https://acc.blob.core.windows.net/results", create: true, StoreCredentials.FromConnection(connection, "a file"))).ToString();
        message.ShouldContain("no connection string");
        message.ShouldNotContain("secret");
    }

    [SkippableFact]
    public async Task Open_ByASignatureInTheUrl_WorksAndIsShownNowhere()
    {
        using AzureBlobArtifactStore store = azurite.NewStore();
        await store.PutAsync("a", "x");
        string container = AzureBlobLocation.Parse(store.Location).Container;
        var client = new BlobContainerClient(new Uri($"{azurite.Server.Endpoint}/{container}"), new StorageSharedKeyCredential("devstoreaccount1", Key));
        Uri good = client.GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1)), old = client.GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(-1));
        using var signed = (AzureBlobArtifactStore)ArtifactStores.Open(good.AbsoluteUri, create: false, StoreCredentials.None);
        (await signed.ReadAsync("a")).ShouldBe("x");
        signed.Location.ShouldBe($"{azurite.Server.Endpoint}/{container}");
        string message = Should.Throw<BadInputException>(() => ArtifactStores.Open(old.AbsoluteUri, create: false, StoreCredentials.None)).ToString();
        message.ShouldContain("may not be used with these credentials");
        message.ShouldNotContain("sig=");
        message.ShouldNotContain(Uri.UnescapeDataString(old.Query.Split("sig=")[1].Split('&')[0]));
    }

    [Fact]
    public void FromFile_MissingOrEmpty_IsRefused()
    {
        File.WriteAllText(_folder["empty"], " \n");
        Should.Throw<BadInputException>(() => StoreCredentials.FromFile(_folder["none"])).Message.ShouldContain("cannot be read");
        Should.Throw<BadInputException>(() => StoreCredentials.FromFile(_folder["empty"])).Message.ShouldContain("is empty");
    }

    public void Dispose() => _folder.Dispose();

    private string Connection(string key) => $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={key};BlobEndpoint={azurite.Server.Endpoint};";
}
