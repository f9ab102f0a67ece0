using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Core;
using Azure.Identity;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.AzureBlob;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.Tests.Artifacts.Stores.AzureBlob;

/// <summary>Answers that are lost, servers that are away, and what people are told.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class AzureBlobFaultTests(AzuriteFixture azurite)
{
    private static readonly AzureBlobOptions s_quick = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5), BlockBytes = 1000 };
    private static readonly AzureBlobOptions s_impatient = s_quick with { Patience = TimeSpan.Zero, OpenPatience = TimeSpan.Zero };

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(5_000)]
    public async Task Write_AnswerLost_IsKnownAsOurOwn(int size)
    {
        var network = new FaultyTransport();
        using AzureBlobArtifactStore store = azurite.NewStore(s_quick with { Transport = network });
        Func<int> lost = LoseOne(network, IsCommit);
        string one = new('1', size), two = new('2', size);
        ArtifactTag? first = await store.PutAsync("a", one);
        first.ShouldNotBeNull("it was written, and by us");
        (await store.TagAsync("a")).ShouldBe(first);
        lost().ShouldBe(1);
        lost = LoseOne(network, IsCommit);
        ArtifactTag? second = await store.ReplaceAsync("a", first, two);
        (await store.TagAsync("a")).ShouldBe(second);
        (await store.ReadAsync("a")).ShouldBe(two);
        lost().ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(5_000)]
    public async Task Write_AnswerLostAndAnotherWasFirst_SaysSo(int size)
    {
        var network = new FaultyTransport();
        using AzureBlobArtifactStore store = azurite.NewStore(s_quick with { Transport = network }), other = AzuriteFixture.Open(store.Location, create: false);
        // The other writes the very same between our look and our commit.
        string text = new('x', size);
        int tries = 0;
        network.Before = request =>
        {
            if (IsCommit(request) && ++tries == 1)
            {
                other.PutAsync("a", text).GetAwaiter().GetResult().ShouldNotBeNull("it has the name first");
                throw new IOException("the connection was cut before the request arrived");
            }

            return null;
        };
        (await store.PutAsync("a", text)).ShouldBeNull();
        tries.ShouldBe(2);
    }

    [SkippableFact]
    public async Task Delete_AnswerLost_CountsAsDeleted()
    {
        var network = new FaultyTransport();
        using AzureBlobArtifactStore store = azurite.NewStore(s_quick with { Transport = network });
        ArtifactTag? tag = await store.PutAsync("a", "x");
        LoseOne(network, request => request.Method == RequestMethod.Delete);
        (await store.DeleteAsync(new ArtifactName("a"), tag)).ShouldBeTrue();
        (await store.DeleteAsync(new ArtifactName("a"), tag)).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task AnyCall_ServerAwayForATime_IsDoneWhenItIsBack()
    {
        var network = new FaultyTransport();
        using AzureBlobArtifactStore store = azurite.NewStore(s_quick with { Transport = network });
        int faults = 0;
        network.Before = _ => (++faults % 4) switch
        {
            1 => throw new IOException("reset"),
            2 => throw new RequestFailedException(0, "refused", null, new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused))),
            3 => new FakeResponse(503, "ServerBusy"),
            _ => null,
        };
        ArtifactTag? tag = await store.PutAsync("a", "x");
        (await store.TagAsync("a")).ShouldBe(tag);
        (await store.ReadAsync("a")).ShouldBe("x");
        (await store.NamesAsync()).ShouldBe(["a"]);
        (await store.DeleteAsync(new ArtifactName("a"), tag)).ShouldBeTrue();
        faults.ShouldBeGreaterThanOrEqualTo(20);
    }

    [SkippableFact]
    public async Task Read_CutInTheMiddle_GoesOn()
    {
        var network = new FaultyTransport();
        using AzureBlobArtifactStore store = azurite.NewStore(s_quick with { Transport = network, ReadAheadBytes = 1000 });
        string text = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i:d5}"));
        await store.PutAsync("a", text);
        int cuts = 0;
        network.After = message =>
        {
            if (message.Request.Method == RequestMethod.Get && ++cuts == 1)
                message.Response.ContentStream = new CutStream(message.Response.ContentStream!, 3_333);
        };
        (await store.ReadAsync("a")).ShouldBe(text);
        cuts.ShouldBe(2);
    }

    [SkippableFact]
    public async Task AnyCall_Cancelled_StopsWhileItWaits()
    {
        var network = new FaultyTransport();
        using AzureBlobArtifactStore store = azurite.NewStore(new AzureBlobOptions { Transport = network });
        using var stop = new CancellationTokenSource();
        network.Before = _ =>
        {
            stop.Cancel();
            throw new IOException("reset");
        };
        await Should.ThrowAsync<OperationCanceledException>(() => store.FindAsync(new ArtifactName("a"), stop.Token));
    }

    [SkippableFact]
    public async Task Server_StoppedAndStartedAgain_IsWaitedForAndHasItsData()
    {
        Skip.If(AzuriteServer.SkipReason is not null, AzuriteServer.SkipReason ?? string.Empty);
        await using AzuriteServer server = (await AzuriteServer.TryStartNewAsync())!;
        using AzureBlobArtifactStore store = AzuriteFixture.Open(server.Location("kept"), create: true);
        ArtifactTag? before = await store.PutAsync("before", "x");
        await server.StopAsync();
        Task<ArtifactTag?> during = store.PutAsync("during", "y");
        await server.StartAsync();
        (await during).ShouldNotBeNull();
        (await store.TagAsync("before")).ShouldBe(before);
        (await store.ReadAsync("during")).ShouldBe("y");
    }

    [SkippableTheory]
    [InlineData(403, "AuthorizationPermissionMismatch", FailureKind.BadInput, "may not be used with these credentials (AuthorizationPermissionMismatch); get the role")]
    [InlineData(401, null, FailureKind.BadInput, "may not be used with these credentials (status 401)")]
    [InlineData(404, "ContainerNotFound", FailureKind.BadInput, "no such container")]
    [InlineData(503, "ServerBusy", FailureKind.Transient, "too busy")]
    [InlineData(429, null, FailureKind.Transient, "too busy")]
    [InlineData(500, "InternalError", FailureKind.Transient, "fails at the moment")]
    [InlineData(409, "ContainerBeingDeleted", FailureKind.Transient, "just deleted")]
    [InlineData(400, "Md5Mismatch", FailureKind.Transient, "damaged on its way")]
    [InlineData(400, "InvalidHeaderValue", FailureKind.Permanent, "version of the protocol")]
    [InlineData(418, "Teapot", FailureKind.Permanent, "refuses a request (Teapot)")]
    public async Task Put_Refused_SaysWhyInOneSentence(int status, string? code, FailureKind kind, string says)
    {
        (await RefusedAsync(new FakeResponse(status, code))).ShouldSatisfyAllConditions(
            f => f.Kind.ShouldBe(kind), f => f.Message.ShouldContain(says), f => f.Message.ShouldContain("azurite://127.0.0.1:"), f => f.Message.ShouldNotContain("secret-of-the-server"));
    }

    [SkippableTheory]
    [InlineData(-60, "")]
    [InlineData(60, "")]
    [InlineData(0, "Request date header too old: 'Sat, 21 Nov 2026 10:00:00 GMT'")]
    public async Task Put_RefusedForTheClock_SaysSo(int minutes, string detail)
    {
        SpatialClusterException failure = await RefusedAsync(new FakeResponse(403, "AuthenticationFailed", DateTimeOffset.UtcNow.AddMinutes(minutes), detail));
        (failure.Kind, failure.Message.Contains("its clock is wrong", StringComparison.Ordinal)).ShouldBe((FailureKind.BadInput, true), failure.Message);
    }

    [Fact]
    public void Open_NobodyKnowsTheHost_SaysThatThereIsNoAccountAtOnce()
    {
        var network = new FaultyTransport { Before = _ => throw Unreachable(new SocketException((int)SocketError.HostNotFound)) };
        SpatialClusterException failure = Should.Throw<SpatialClusterException>(() =>
            AzureBlobArtifactStore.Open("https://nobody.blob.core.windows.net/c-c", StoreCredentials.FromConnection("AccountName=nobody;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net;DefaultEndpointsProtocol=https", "test"), create: true, s_quick with { Transport = network }));
        failure.Message.ShouldStartWith("There is no storage account at https://nobody.blob.core.windows.net/c-c:");
        (failure.Kind, network.Requests.Count).ShouldBe((FailureKind.BadInput, 1));
    }

    [Fact]
    public void Open_NothingListens_SaysThatItDoesNotAnswer()
    {
        var network = new FaultyTransport { Before = _ => throw Unreachable(new SocketException((int)SocketError.ConnectionRefused)) };
        SpatialClusterException failure = Should.Throw<SpatialClusterException>(() => AzuriteFixture.Open("azurite://127.0.0.1:9/c-c", create: true, s_impatient with { Transport = network }));
        failure.Message.ShouldBe("The store azurite://127.0.0.1:9/c-c does not answer (ConnectionRefused); see whether it runs and can be reached from here, and try again.");
        failure.Kind.ShouldBe(FailureKind.Transient);
    }

    [Fact]
    public void Open_CertificateOfNobody_SaysSo()
    {
        var network = new FaultyTransport { Before = _ => throw Unreachable(new AuthenticationException("untrusted root")) };
        Should.Throw<BadInputException>(() => AzuriteFixture.Open("azurite://127.0.0.1:9/c-c", create: true, s_impatient with { Transport = network })).Message.ShouldContain("certificate");
    }

    [SkippableFact]
    public async Task Open_ServerWhoseCertificateNobodySigned_IsRefused()
    {
        Skip.If(AzuriteServer.SkipReason is not null, AzuriteServer.SkipReason ?? string.Empty);
        using var folder = new TestFolder();
        using var key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        await File.WriteAllTextAsync(folder["certificate.pem"], certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(folder["key.pem"], key.ExportPkcs8PrivateKeyPem());
        await using AzuriteServer server = (await AzuriteServer.TryStartNewAsync((folder["certificate.pem"], folder["key.pem"])))!;
        server.Endpoint.ShouldStartWith("https://");
        Should.Throw<BadInputException>(() => AzuriteFixture.Open($"{server.Endpoint}/results", create: true, s_impatient)).Message.ShouldContain("shows a certificate that this machine does not trust");
    }

    [Fact]
    public void Explain_NoAzureIdentity_NamesTheWaysIn()
    {
        SpatialClusterException failure = AzureBlobErrors.Explain("https://a.blob.core.windows.net/c", new AggregateException(new CredentialUnavailableException("tried all")), hasAnswered: false);
        failure.Kind.ShouldBe(FailureKind.BadInput);
        foreach (string way in new[] { "SPATIALCLUSTER_STORE_CONNECTION", "--store-connection", "az login" })
            failure.Message.ShouldContain(way);
    }

    private static RequestFailedException Unreachable(Exception cause) => new(0, "unreachable", null, new HttpRequestException("unreachable", cause));

    // Of a whole small blob, or of the list of a large one's blocks.
    private static bool IsCommit(Request request) => request.Method == RequestMethod.Put && !request.Uri.Query.Contains("comp=block&", StringComparison.Ordinal);

    /// <summary>Loses the answer to the next such request; what is given back counts the lost.</summary>
    private static Func<int> LoseOne(FaultyTransport network, Func<Request, bool> which)
    {
        int lost = 0;
        network.After = message =>
        {
            if (lost > 0 || !which(message.Request))
                return;
            lost++;
            throw new IOException("the connection was reset before the answer came");
        };
        return () => lost;
    }

    private async Task<SpatialClusterException> RefusedAsync(FakeResponse answer)
    {
        var network = new FaultyTransport();
        using AzureBlobArtifactStore store = azurite.NewStore(s_impatient with { Transport = network, OpenPatience = TimeSpan.FromSeconds(10) });
        network.Before = _ => answer;
        return await Should.ThrowAsync<SpatialClusterException>(() => store.PutAsync("a", "x"));
    }
}
