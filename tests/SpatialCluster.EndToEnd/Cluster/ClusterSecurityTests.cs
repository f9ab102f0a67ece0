using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>Secrets stay secret, and what comes from outside does no harm.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClusterSecurityTests(ClusterServers servers)
{
    private const string Token = "canary-token-4f1c8a72e9d04b66";

    // The emulator's, known to everybody; here it stands for the key of an account.
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // In any of the forms that they are sent in.
    private static readonly string[] s_secrets =
    [
        Token, AccountKey, Uri.EscapeDataString(AccountKey), RabbitServer.Password, Uri.EscapeDataString(RabbitServer.Password),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(RabbitServer.Password)), Convert.ToBase64String(Encoding.UTF8.GetBytes(Token)),
    ];

    [SkippableFact]
    public async Task Secrets_OfBrokerStoreAndApi_AreNowhereToBeSeen()
    {
        using ClusterPlace place = servers.PlaceWithBlobs(CampaignWorkplace.Failing);
        (string, string)[] secrets =
        [
            ("SPATIALCLUSTER_API_TOKEN", Token),
            ("SPATIALCLUSTER_STORE_CONNECTION", $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={AccountKey};BlobEndpoint={servers.Blobs.Endpoint};"),
        ];
        var seen = new List<(string Where, string Text)>();
        SiloProcess[] silos = [place.StartSilo("text", secrets), place.StartSilo("json", secrets, "--log-format", "json")];
        await using EventTap tap = await EventTap.StartAsync(servers.Broker, QueueNames.Events(await StoreIdentity.OfAsync(place.Open().Records.Store)));
        using CliProcess following = place.Submit();
        CliResult result = following.Finish();
        result.ExitCode.ShouldBe(1, "some of its runs fail");
        string id = (await place.Open().Campaigns.ListAsync()).ShouldHaveSingleItem();
        seen.Add(("campaign run", result.Output + result.Error));

        foreach (SiloProcess silo in silos)
        {
            seen.Add(("command line", File.ReadAllText($"/proc/{silo.Id}/cmdline")));
            using var client = new HttpClient { BaseAddress = new Uri(silo.Url) };
            (await client.GetAsync("api/v1/silos")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token + "x");
            using (HttpResponseMessage wrong = await client.GetAsync("api/v1/campaigns"))
            {
                wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
                seen.Add(("refusal", wrong.Headers + await wrong.Content.ReadAsStringAsync()));
            }

            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            foreach (string path in (string[])["", "metrics", "readyz", "healthz", "api/v1/silos", "api/v1/campaigns", $"api/v1/campaigns/{id}", $"api/v1/campaigns/{id}/runs", $"api/v1/campaigns/{id}/grains", $"api/v1/campaigns/{id}/errors", "api/v1/nothing", "api/v1/runs/zz/losses"])
            {
                using HttpResponseMessage answer = await client.GetAsync(path);
                seen.Add((path, answer.Headers + await answer.Content.ReadAsStringAsync()));
            }

            using HttpResponseMessage refused = await client.PostAsync("api/v1/campaigns", Yaml("name: [broken"));
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            seen.Add(("upload", await refused.Content.ReadAsStringAsync()));
        }

        // What is refused by broker and store says so without what was refused.
        seen.Add(("wrong password", Refused(place, [("SPATIALCLUSTER_BROKER_USER", RabbitServer.Stranger), ("SPATIALCLUSTER_BROKER_PASSWORD", Token)])));
        seen.Add(("wrong key", Refused(place, [.. ClusterPlace.Credentials, ("SPATIALCLUSTER_STORE_CONNECTION", $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Convert.ToBase64String(Encoding.UTF8.GetBytes(Token))};BlobEndpoint={servers.Blobs.Endpoint};")])));
        foreach (SiloProcess silo in silos)
        {
            silo.Signal("TERM");
            silo.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
            await ClusterPlace.WaitAsync(() => Task.FromResult(silo.Log.Contains("Everything was given back.", StringComparison.Ordinal)), "its last words are not heard");
            seen.Add(("log", silo.Log));
        }

        tap.Heard.ShouldContain("grain", Case.Insensitive);
        seen.Add(("events", tap.Heard));
        IArtifactStore store = place.Open().Records.Store;
        await foreach (ArtifactInfo artifact in store.ListAsync(""))
            seen.Add((artifact.Name.Value, artifact.Name.Value + Encoding.Latin1.GetString(await BytesAsync(store, artifact.Name))));
        seen.Count.ShouldBeGreaterThan(50);
        foreach (string secret in s_secrets)
            seen.Where(s => s.Text.Contains(secret, StringComparison.Ordinal)).Select(s => s.Where).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Broker_WithTls_IsTrustedByItsAuthorityAlone()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        place.Broker = servers.Broker.TlsUrl;
        place.StartSilo("one", "--broker-ca", servers.Broker.AuthorityFile);
        place.StartSilo("two", "--broker-ca", servers.Broker.AuthorityFile);
        using CliProcess following = place.Submit("--broker-ca", servers.Broker.AuthorityFile);
        following.Finish().ShouldSucceed();
        await place.ShouldBeSoundAsync();

        Silo(place, "--broker", servers.Broker.TlsUrl, "--broker-ca", servers.Broker.StrangeAuthorityFile).ShouldBeRefused("nobody in the CA file vouches for");
        Silo(place, "--broker", servers.Broker.TlsUrl).ShouldBeRefused("--broker-ca");
        using CliProcess follower = place.Submit("--broker-ca", servers.Broker.StrangeAuthorityFile);
        follower.Finish().ShouldBeRefused("nobody in the CA file vouches for");
        CliResult named = Silo(place, "--broker", $"amqp://someone:{Token}@127.0.0.1:{servers.Broker.Port}");
        named.ShouldBeRefused("--broker");
        named.Error.ShouldNotContain(Token);
    }

    [SkippableFact]
    public async Task Http_WhateverIsSent_StaysWithinItsBounds()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        Silo(place, "--broker", servers.Broker.Url, "--http", "*:0").ShouldBeRefused("token");
        string root = Directory.CreateDirectory(Path.Combine(place.Folder, "open")).FullName, secret = Path.Combine(place.Folder, "secret.csv");
        File.WriteAllText(secret, "spot,gene\na,1\n");
        File.CreateSymbolicLink(Path.Combine(root, "link.csv"), secret);
        SiloProcess silo = place.StartSilo("one", "--root", root);
        using var client = new HttpClient { BaseAddress = new Uri(silo.Url) };

        using (HttpResponseMessage large = await client.PostAsync("api/v1/campaigns", Yaml("# " + new string('x', 3 << 20))))
            large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        foreach (string path in (string[])["/etc/hostname", "../secret.csv", "link.csv", secret, "sub/../../secret.csv"])
            (await RefusedAsync($"name: outside\ndatasets: [{{ name: s, modalities: {{ rna: {{ file: '{path}' }} }} }}]\nmethods: [pca]\n")).ShouldContain("leads outside");
        foreach (string tagged in (string[])["name: !!System.Diagnostics.Process { FileName: sh }\n", "!<tag:yaml.org,2002:System.Diagnostics.Process>\nname: x\n", "name: x\ndatasets: !!python/object/apply:os.system ['touch harm']\n"])
        {
            (await RefusedAsync(tagged)).ShouldContain("tag");
            File.WriteAllText(Path.Combine(place.Folder, "tagged.yaml"), tagged);
            CliProcess.Run(place.Folder, "campaign", "run", "tagged.yaml", "--store", place.Store).ShouldBeRefused("tag");
        }

        (await client.GetAsync("api/v1/slices/..%2F..%2Fidentity.json")).StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        (await client.GetAsync("api/v1/campaigns/..%2F..%2Fetc")).StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        (await place.Open().Campaigns.ListAsync()).ShouldBeEmpty();
        (await silo.AskAsync("readyz")).Status.ShouldBe(200);

        async Task<string> RefusedAsync(string document)
        {
            using HttpResponseMessage answer = await client.PostAsync("api/v1/campaigns", Yaml(document));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, document);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [SkippableFact]
    public async Task Messages_OfWhatKindSoever_DoNoHarm()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        // Nobody takes anything before the hostile messages are there.
        using CliProcess following = place.Submit();
        (GrainRecords records, CampaignStore campaigns) = place.Open();
        await ClusterPlace.WaitAsync(async () => (await campaigns.ActiveAsync()).Count == 1, "nothing is submitted");
        CampaignPlan plan = await campaigns.PlanAsync(place.Name);
        string scope = await StoreIdentity.OfAsync(records.Store);
        PlannedGrain grain = plan.Grains[0];
        string queue = QueueNames.For(scope, plan.Id, grain.Lane, grain.Code);
        string ticket = new('a', 32), other = new('b', 64);
        byte[][] dead =
        [
            [], [0, 1, 2, 255], new byte[5 << 20], "{}"u8.ToArray(), "[[[[[[[[[[[[]]]]]]]]]]]]"u8.ToArray(), "null"u8.ToArray(),
            """{"$type":"System.Diagnostics.Process, System.Diagnostics.Process","version":1,"FileName":"sh"}"""u8.ToArray(),
            Message("../../etc", "slice", other, ticket), Message(plan.Id, "../..", other, ticket), Message(plan.Id, "slice", "../../../../etc/passwd", ticket),
            Message(plan.Id, "slice", other, "..\\/"), Encoding.UTF8.GetBytes($$"""{"version":99,"campaign":"{{plan.Id}}"}"""),
        ];
        byte[][] foreign =
        [
            // In form, and of no grain of the plan, or of another campaign's.
            Message(plan.Id, "slice", other, ticket), Message("elsewhere", grain.Key.Kind, grain.Key.Digest.Hex, ticket), GrainMessage.For(plan.Id, new GrainKey("strange", grain.Key.Digest)).ToJson(),
        ];
        await using IConnection connection = await ConnectAsync(servers.Broker);
        await using IChannel channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await ClusterPlace.WaitAsync(() => HasAsync(connection, queue), "there is no queue");
        uint before = await HasAsync(connection, QueueNames.Dead) ? await channel.MessageCountAsync(QueueNames.Dead) : 0;
        foreach (byte[] message in (byte[][])[.. dead, .. foreign])
            await channel.BasicPublishAsync("", queue, mandatory: true, message);
        // What is told by events does no harm either.
        foreach (byte[] message in dead.Where(m => m.Length < 1 << 20))
            await channel.BasicPublishAsync(QueueNames.Events(scope), "", mandatory: false, message);

        SiloProcess[] silos = [place.StartSilo("one"), place.StartSilo("two")];
        foreach (byte[] message in dead.Where(m => m.Length < 1 << 20))
            await channel.BasicPublishAsync(QueueNames.Events(scope), "", mandatory: false, message);
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();
        await ClusterPlace.WaitAsync(async () => await channel.MessageCountAsync(QueueNames.Dead) == before + (uint)dead.Length, "the hostile messages are not where they can be looked at");
        silos.ShouldAllBe(silo => !silo.HasExited);
        Directory.GetFiles(place.Folder, "*passwd*", SearchOption.AllDirectories).ShouldBeEmpty();
        string.Concat(silos.Select(silo => silo.Log)).ShouldContain("is none of this program");
    }

    private static byte[] Message(string campaign, string kind, string digest, string ticket) =>
        CanonicalJson.Bytes(new System.Text.Json.Nodes.JsonObject { ["version"] = 1, ["campaign"] = campaign, ["kind"] = kind, ["digest"] = digest, ["ticket"] = ticket });

    private static StringContent Yaml(string text) => new(text, Encoding.UTF8, "application/yaml");

    private static async Task<byte[]> BytesAsync(IArtifactStore store, ArtifactName name)
    {
        OpenArtifact open = (await store.OpenAsync(name)).ShouldNotBeNull();
        using Stream content = open.Content;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    // A silo that cannot start.
    private static CliResult Silo(ClusterPlace place, params string[] more)
    {
        using CliProcess silo = CliProcess.StartWith(ClusterPlace.Credentials, place.Folder, ["silo", "--store", place.Store, .. more.Contains("--http") ? Array.Empty<string>() : ["--http", "none"], .. more]);
        return silo.Finish();
    }

    private string Refused(ClusterPlace place, (string, string)[] environment)
    {
        using CliProcess silo = CliProcess.StartWith(environment, place.Folder, "silo", "--broker", servers.Broker.Url, "--store", place.Store, "--http", "none");
        CliResult result = silo.Finish();
        result.ShouldBeRefused();
        return result.Output + result.Error;
    }

    private static Task<IConnection> ConnectAsync(RabbitServer broker) =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = broker.Port, UserName = RabbitServer.User, Password = RabbitServer.Password }.CreateConnectionAsync();

    private static async Task<bool> HasAsync(IConnection connection, string queue)
    {
        // A channel ends with the question whether something is there that is not.
        await using IChannel channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueueDeclarePassiveAsync(queue);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Hears everything that is told by events, as it is sent.</summary>
    private sealed class EventTap : IAsyncDisposable
    {
        private readonly IConnection _connection;
        private readonly StringBuilder _heard = new();

        private EventTap(IConnection connection) => _connection = connection;

        public string Heard
        {
            get
            {
                lock (_heard)
                    return _heard.ToString();
            }
        }

        public static async Task<EventTap> StartAsync(RabbitServer broker, string exchange)
        {
            var tap = new EventTap(await ConnectAsync(broker));
            IChannel channel = await tap._connection.CreateChannelAsync();
            QueueDeclareOk queue = await channel.QueueDeclareAsync();
            await channel.QueueBindAsync(queue.QueueName, exchange, "");
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, got) =>
            {
                lock (tap._heard)
                    tap._heard.AppendLine(Encoding.Latin1.GetString(got.Body.Span) + string.Join(' ', got.BasicProperties.Headers?.Keys ?? []));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
            return tap;
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}
